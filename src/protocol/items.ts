import type { UserInput } from './input';
import type { ItemId } from './ids';

/** Where an item is in its life; every started item ends in one of the last four exactly once. */
export type ItemStatus = 'inProgress' | 'completed' | 'failed' | 'declined' | 'interrupted';

interface ItemBase {
  readonly id: ItemId;
  readonly status: ItemStatus;
}

/** What the person said: it opens a turn, or steers a running one. */
export interface UserMessageItem extends ItemBase {
  readonly type: 'userMessage';
  readonly input: UserInput;
}

/** What the agent said: `commentary` is a preamble before tool calls, `final` answers the turn. */
export interface AgentMessageItem extends ItemBase {
  readonly type: 'agentMessage';
  readonly phase: 'commentary' | 'final';
  /** Markdown from the model: untrusted text. */
  readonly text: string;
}

/** The model's own summary of its reasoning. */
export interface ReasoningItem extends ItemBase {
  readonly type: 'reasoning';
  readonly text: string;
}

/** A shell command in a pseudo-terminal. */
export interface CommandExecutionItem extends ItemBase {
  readonly type: 'commandExecution';
  readonly command: string;
  /** Absolute folder the command started in. */
  readonly cwd: string;
  /** What it printed so far, terminal colours kept, middle cut where it was long. */
  readonly output: string;
  /** Absent while it runs and where it was killed before it ended. */
  readonly exitCode?: number;
  /** Wall time in milliseconds. */
  readonly durationMs?: number;
  /** Present while the command goes on in the background after the tool call returned. */
  readonly sessionId?: number;
  /** True where the policy judged it to only read. */
  readonly readOnly: boolean;
}

/** How a file changed, seen from before to after. */
export type FileChangeKind = 'add' | 'delete' | 'update';

/** One file of a fileChange item. */
export interface FileChangeSummary {
  readonly path: string;
  readonly kind: FileChangeKind;
  /** The lines that changed as a unified diff without file headers; empty for binary files. */
  readonly diff: string;
  /** Numbers of lines. */
  readonly added: number;
  readonly removed: number;
}

/** Files that a patch, or a command, changed. */
export interface FileChangeItem extends ItemBase {
  readonly type: 'fileChange';
  readonly changes: readonly FileChangeSummary[];
  /** The command that made the changes; absent where the patch tool made them. */
  readonly commandItemId?: ItemId;
  /** Why the patch was not applied. */
  readonly error?: string;
}

/** Any other tool. */
export interface ToolCallItem extends ItemBase {
  readonly type: 'toolCall';
  readonly tool: string;
  /** One line for people, such as `Searched for "slug" in src`. */
  readonly title: string;
  readonly output: string;
}

/** One visible unit in a turn. */
export type Item =
  | UserMessageItem
  | AgentMessageItem
  | ReasoningItem
  | CommandExecutionItem
  | FileChangeItem
  | ToolCallItem;
