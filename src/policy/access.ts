/** What a call touches, so that the policy can judge it before anything runs. */
export type Access =
  /** Nothing outside the agent. */
  | { readonly kind: 'none' }
  /** Reads files; absolute paths. */
  | { readonly kind: 'read'; readonly paths: readonly string[] }
  /** Writes files; absolute paths. */
  | {
      readonly kind: 'write';
      readonly paths: readonly string[];
      /** What would be written, as the agent wrote it, for the person who is asked. */
      readonly text?: string;
      /** Hosts that editors would contact because of what is written, each with the file. */
      readonly contacts?: readonly { readonly path: string; readonly host: string }[];
    }
  /** Types into a command that runs already. */
  | {
      readonly kind: 'typing';
      readonly text: string;
      /** Id of the running command, as the model names it. */
      readonly sessionId: number;
      /** That command; absent where there is none, and so nothing is typed. */
      readonly session?: RunningCommand;
    }
  /** Runs a shell command in an absolute folder. */
  | {
      readonly kind: 'command';
      readonly command: string;
      readonly cwd: string;
      /** The agent's own words for why it wants this. */
      readonly justification?: string;
      /** Runs under another shell than the one the policy understands, or with its profile files. */
      readonly unusualShell: boolean;
      /** Asks to run outside the sandbox. */
      readonly escalated: boolean;
      /** The beginning by which the agent suggests to remember an approval: a suggestion, no more. */
      readonly suggestedPrefix?: readonly string[];
    };

export type CommandAccess = Extract<Access, { kind: 'command' }>;

/** A command that something is typed into. */
export interface RunningCommand {
  readonly id: number;
  readonly command: string;
  /** True where it runs inside the sandbox. */
  readonly confined: boolean;
}
