import type { TurnLimits } from './usage';

/** What the agent may do: `ask` and `plan` are read-only, `agent` changes files. */
export type Mode = 'ask' | 'plan' | 'agent';

/** When a person is asked before something runs. */
export type ApprovalPolicy = 'untrusted' | 'on-request' | 'never';

/** What commands can reach. */
export type SandboxMode = 'read-only' | 'workspace-write' | 'full-access';

/** How much the model thinks before it answers; what a model takes is in its profile. */
export type Effort = 'minimal' | 'low' | 'medium' | 'high' | 'xhigh';

/** The API of a model's server: OpenAI's own, or the Chat Completions that most local servers speak. */
export type WireApi = 'responses' | 'chat';

/** How the agent talks: a known voice, or the person's own words. */
export type Personality = 'pragmatic' | 'friendly' | 'none' | (string & {});

/** The settings of one turn, frozen when it starts. */
export interface TurnContext {
  readonly model: string;
  readonly effort: Effort;
  readonly mode: Mode;
  readonly approvalPolicy: ApprovalPolicy;
  readonly sandboxMode: SandboxMode;
  readonly personality: Personality;
  readonly preambles: boolean;
  readonly limits?: TurnLimits;
  /** Asks the server for a class of service, such as `flex` or `priority`. */
  readonly serviceTier?: string;
  /** The API the model's server is asked through; the Responses API where nothing is said. */
  readonly wireApi?: WireApi;
  /** Domains that confined commands may reach without a question (`network.allowedDomains`); none where absent. */
  readonly allowedDomains?: readonly string[];
  /** The folder commands start in and paths are relative to; absolute. */
  readonly cwd: string;
}

export const modes: readonly Mode[] = ['ask', 'plan', 'agent'];
export const approvalPolicies: readonly ApprovalPolicy[] = ['untrusted', 'on-request', 'never'];
export const sandboxModes: readonly SandboxMode[] = ['read-only', 'workspace-write', 'full-access'];
export const efforts: readonly Effort[] = ['minimal', 'low', 'medium', 'high', 'xhigh'];
export const wireApis: readonly WireApi[] = ['responses', 'chat'];
