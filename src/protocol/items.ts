import type { CommentAnswer } from './comments';
import type { UserInput } from './input';
import type { ItemId } from './ids';
import type { ReviewFinding, ReviewTarget } from './review';

/** Where an item is in its life; every started item ends in one of the last four exactly once. */
export type ItemStatus = 'inProgress' | 'completed' | 'failed' | 'declined' | 'interrupted';

interface ItemBase {
  readonly id: ItemId;
  readonly status: ItemStatus;
  /** Why a call did not run or did not work, for the person; absent where its output says so. */
  readonly error?: string;
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
  /** On a final message: the checks of the turn and what they showed, newest last. */
  readonly evidence?: readonly Evidence[];
  /** On a final message: the comments of the person it answers, or whose lines changed meanwhile. */
  readonly answers?: readonly CommentAnswer[];
}

/** What stands behind a claim that something passes. */
export interface Evidence {
  /** The command, or the kind of check that was claimed and never ran. */
  readonly label: string;
  readonly kind: 'test' | 'lint' | 'types' | 'build';
  /** `outdated`: it ran before the last edit. `notVerified`: it was claimed, but no command shows it. */
  readonly verdict: 'passed' | 'failed' | 'outdated' | 'notVerified';
  /** The command whose output shows it. */
  readonly commandItemId?: ItemId;
  readonly exitCode?: number;
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
  /** What saving the file changed further (format on save), seen from what the agent wrote. */
  readonly savedFurther?: {
    readonly diff: string;
    readonly added: number;
    readonly removed: number;
  };
}

/** Files that a patch, or a command, changed. */
export interface FileChangeItem extends ItemBase {
  readonly type: 'fileChange';
  readonly changes: readonly FileChangeSummary[];
  /** The command that made the changes; absent where the patch tool made them. */
  readonly commandItemId?: ItemId;
}

/** One thing the agent asks, with the answers it proposes. */
export interface Question {
  readonly id: string;
  /** A word or two. */
  readonly header: string;
  readonly question: string;
  readonly options: readonly { readonly label: string; readonly description: string }[];
}

/** Questions of the agent to the person: open while in progress, answered when completed. */
export interface QuestionItem extends ItemBase {
  readonly type: 'question';
  readonly questions: readonly Question[];
  /** Answers by question id: an option's label, or the person's own words. */
  readonly answers?: Readonly<Record<string, string>>;
}

/** The plan a turn in mode `plan` ended in; it waits for the person. */
export interface ProposedPlanItem extends ItemBase {
  readonly type: 'proposedPlan';
  /** Markdown; the person's own version where they edited it. */
  readonly text: string;
  readonly resolution?: 'approved' | 'sentBack';
}

/** Old history was replaced by a summary. In progress while the summary is written. */
export interface CompactionItem extends ItemBase {
  readonly type: 'compaction';
  readonly summary: string;
  /** Estimated tokens of the history before and after. */
  readonly tokensBefore: number;
  readonly tokensAfter?: number;
}

/** A look at changes for faults. In progress while the reviewer reads; nothing is written by it. */
export interface ReviewItem extends ItemBase {
  readonly type: 'review';
  readonly target: ReviewTarget;
  /** Worst first, then surest first; none where nothing is wrong. */
  readonly findings: readonly ReviewFinding[];
  /** `faulty` where something should be fixed before the changes ship. Absent until it is known. */
  readonly verdict?: 'sound' | 'faulty';
  /** Why, in a few sentences of Markdown from the model. */
  readonly explanation: string;
  /** Findings left out because they are not about lines that changed. */
  readonly leftOut?: number;
}

/** Any other tool. */
export interface ToolCallItem extends ItemBase {
  readonly type: 'toolCall';
  readonly tool: string;
  /** One line for people, such as `Searched for "slug" in src`. */
  readonly title: string;
  readonly output: string;
  /** The command in the background that the call went on with; its exit code where it ended. */
  readonly session?: { readonly id: number; readonly exitCode?: number };
  /** Path of the image that the model was shown, as the model named it. */
  readonly image?: string;
}

/** One visible unit in a turn. */
export type Item =
  | UserMessageItem
  | AgentMessageItem
  | ReasoningItem
  | CommandExecutionItem
  | FileChangeItem
  | QuestionItem
  | ProposedPlanItem
  | CompactionItem
  | ReviewItem
  | ToolCallItem;
