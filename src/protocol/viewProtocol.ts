import type { MadeCommit } from './acceptedChanges';
import type { ApprovalAnswer } from './approvalAnswer';
import type { HunkOrigins, HunkPreview, SeenChanges } from './changePreview';
import type { ChangeTarget, Resolution } from './changes';
import type { CheckpointRef, RestorePreview, RestoreScope } from './checkpoints';
import type { CommitPreview } from './commitPreview';
import type { ContextUse } from './contextUse';
import type { ThreadEvent } from './events';
import type { ItemId, ThreadId, TurnId } from './ids';
import type { Attachment, SelectionAttachment, UserInput } from './input';
import type { FoundMention, Mention, MentionScope } from './mentions';
import type { PlanDecision } from './plan';
import type { ReviewTarget } from './review';
import type { ThreadState } from './threadState';
import type { ApprovalPolicy, Effort, Mode, SandboxMode } from './turnContext';

/** A model the person can choose, from its profile. */
export interface ModelChoice {
  readonly id: string;
  readonly label: string;
  readonly efforts: readonly Effort[];
  /** Tokens the model can read. */
  readonly contextWindow: number;
}

/** Where answers come from, said plainly on screen. */
export type Connection =
  /** A server with a key. `host` is its host name. */
  | { readonly kind: 'api'; readonly host: string }
  /** The scripted model that runs without a key. */
  | { readonly kind: 'demo' }
  /** No key is known yet. */
  | { readonly kind: 'missingKey' };

/** Settings and state of the host that the view draws. */
export interface ViewSettings {
  readonly mode: Mode;
  readonly model: string;
  readonly effort: Effort;
  readonly models: readonly ModelChoice[];
  readonly approvalPolicy: ApprovalPolicy;
  readonly sandboxMode: SandboxMode;
  readonly connection: Connection;
  /** Name of the open folder; null where none is open. */
  readonly folder: string | null;
  /** Present where the folder lies in a git repository. */
  readonly repository?: true;
  /** False until the person trusts the workspace. */
  readonly trusted: boolean;
  /** Findings that the reviewer is less sure of, from 0 to 1, are folded. */
  readonly reviewConfidence: number;
  /** Why commands cannot be confined here, as the end of a sentence; absent where they can, or need not be. */
  readonly sandboxProblem?: string;
  /** Present until the person has answered an approval: the first one explains itself. */
  readonly explainsApprovals?: true;
  /** Things worth asking here, for the empty state. */
  readonly suggestions: readonly Suggestion[];
}

/** A task the open workspace suggests: `label` is shown, `prompt` is sent. */
export interface Suggestion {
  readonly kind: 'problem' | 'test' | 'todo' | 'explain';
  readonly label: string;
  /** The part of the label drawn bold, such as `test.js`. */
  readonly subject: string;
  readonly prompt: string;
}

/** What a person can ask to be reviewed. */
export type AskedTarget = Exclude<ReviewTarget, { kind: 'turn' }>;

export type ExportFormat = 'markdown' | 'jsonLines' | 'audit';

/** How the shown thread, or the next one, would run now. */
export interface ThreadStatus {
  /** Absolute; null where no folder is open. */
  readonly folder: string | null;
  /** Why commands cannot be confined, and what to do about it; null where they can. */
  readonly sandboxUnavailable: string | null;
}

/** One thread in the history list. */
export interface ThreadSummary {
  readonly id: ThreadId;
  readonly title: string;
  /** Milliseconds since 1970. */
  readonly updatedAt: number;
  readonly running: boolean;
  /** Present where it waits for an answer of the person. */
  readonly waiting?: true;
  /** Present where a turn ended that the person has not looked at. */
  readonly unread?: true;
  readonly archived?: true;
}

/** A thread in which a search found all its words. */
export interface SearchHit {
  readonly id: ThreadId;
  /** The text around the first word; absent where the title has them all. */
  readonly excerpt?: string;
}

/** A thread as the view shows it. */
export interface ShownThreadSnapshot {
  readonly thread: ThreadState | null;
  /** True where another window owns the thread: it can be read here, and taken over. */
  readonly readOnly?: boolean;
}

/**
 * What the view asks of the host: `name: { params; result }`. Slash and imperative: asked, it may fail.
 */
export interface ViewRequests {
  /** The view appeared (again) and wants everything. */
  'view/ready': {
    params: Record<string, never>;
    result: { readonly settings: ViewSettings } & ShownThreadSnapshot;
  };
  /** The view has taken a batch of events: the host sends the next. */
  'view/received': { params: { readonly receipt: number }; result: null };
  /** The person is in this view now: its thread drives the editors and the commands from here on. */
  'view/focused': { params: Record<string, never>; result: null };
  /** Shows an empty thread; it is stored with its first turn. */
  'thread/start': { params: Record<string, never>; result: null };
  'thread/open': { params: { readonly threadId: ThreadId }; result: null };
  'thread/list': { params: Record<string, never>; result: readonly ThreadSummary[] };
  /** Threads of the folder that hold all words in their title, messages or commands; a new search ends the one before. */
  'thread/search': { params: { readonly query: string }; result: readonly SearchHit[] };
  /** Shows a copy of a thread: as it was before a turn, with what the person had said in it; or the whole, without a turn. */
  'thread/fork': {
    params: { readonly threadId: ThreadId; readonly turnId?: TurnId };
    result: { readonly input: UserInput | null };
  };
  'thread/rename': {
    params: { readonly threadId: ThreadId; readonly title: string };
    result: null;
  };
  'thread/archive': {
    params: { readonly threadId: ThreadId; readonly archived: boolean };
    result: null;
  };
  /** Stops the thread where it runs and deletes everything stored of it, after a while in which that can be undone. */
  'thread/delete': { params: { readonly threadId: ThreadId }; result: null };
  /** Keeps a thread that was deleted a moment ago; `notFound` where it is gone. */
  'thread/undelete': { params: { readonly threadId: ThreadId }; result: null };
  /** Opens the thread as a new untitled document. */
  'thread/export': {
    params: { readonly threadId: ThreadId; readonly format: ExportFormat };
    result: null;
  };
  /** Makes this window the owner of the shown thread, which another window has. */
  'thread/takeOver': { params: Record<string, never>; result: null };
  'turn/start': { params: { readonly input: UserInput }; result: null };
  /** Adds input to the running turn; the model sees it at its next step. Starts a turn where none runs any more. */
  'turn/steer': { params: { readonly input: UserInput }; result: null };
  /** Adds input for the next turn. Starts it where none runs any more. */
  'turn/queue': { params: { readonly input: UserInput }; result: null };
  /** Changes the words of waiting input; `notFound` where it was taken meanwhile, as for the next two. */
  'waiting/edit': { params: { readonly id: string; readonly text: string }; result: null };
  'waiting/remove': { params: { readonly id: string }; result: null };
  /** Starts a turn with waiting input now. */
  'waiting/send': { params: { readonly id: string }; result: null };
  /** Answers the questions of an item, by question id; `notFound` where they are not open any more. */
  'question/answer': {
    params: { readonly itemId: ItemId; readonly answers: Readonly<Record<string, string>> };
    result: null;
  };
  /** Decides on the plan that waits: the next turn carries it out in mode `agent`, or goes on in mode `plan`. */
  'plan/resolve': {
    params: { readonly itemId: ItemId; readonly decision: PlanDecision };
    result: null;
  };
  /** Summarises the history of the shown thread; answers when it has begun. */
  'thread/compact': { params: Record<string, never>; result: null };
  /** Changes the words of the latest summary; only between turns. */
  'summary/edit': { params: { readonly itemId: ItemId; readonly summary: string }; result: null };
  'turn/interrupt': { params: Record<string, never>; result: null };
  /** Answers a question; one that is not open has no effect. */
  'approval/resolve': { params: ApprovalAnswer; result: null };
  'changes/resolve': {
    params: { readonly resolution: Resolution; readonly target: ChangeTarget };
    result: null;
  };
  /** A hunk with the lines around it, cut to its first lines unless `whole`; null where it is not there any more. */
  'changes/preview': {
    params: { readonly path: string; readonly hunkId: string; readonly whole?: boolean };
    result: HunkPreview | null;
  };
  'changes/origins': { params: Record<string, never>; result: HunkOrigins };
  /** What the person had seen of the shown thread's changes; null where they never looked. */
  'changes/seen': { params: Record<string, never>; result: SeenChanges | null };
  /** The person has seen these, of whatever thread. */
  'changes/markSeen': {
    params: { readonly threadId: ThreadId; readonly seen: SeenChanges };
    result: null;
  };
  /** What going back to a checkpoint would do; nothing changes. */
  'checkpoint/preview': { params: { readonly checkpoint: CheckpointRef }; result: RestorePreview };
  /**
   * Goes back. Files in conflict stay as they are, except those of `takeCheckpoint`. Answers what the person had said
   * there where the conversation went back.
   */
  'checkpoint/restore': {
    params: {
      readonly checkpoint: CheckpointRef;
      readonly scope: RestoreScope;
      readonly takeCheckpoint: readonly string[];
    };
    result: { readonly input: UserInput | null };
  };
  /** Opens a file in conflict beside its text of the checkpoint. */
  'checkpoint/compare': {
    params: { readonly checkpoint: CheckpointRef; readonly path: string };
    result: null;
  };
  /** Takes the last restore back. */
  'checkpoint/undo': { params: { readonly restoreId: string }; result: null };
  /** Starts a review; without a target the person chooses it first, of all or of one kind. False where they chose none. */
  'review/start': {
    params: {
      readonly target?: AskedTarget;
      readonly choose?: 'base' | 'commit';
      readonly instruction: string;
    };
    result: boolean;
  };
  /** Gives an open finding to the agent, or puts it away; `notFound` where it is not open any more. */
  'finding/fix': { params: { readonly findingId: string }; result: null };
  'finding/dismiss': { params: { readonly findingId: string }; result: null };
  /** What a commit of everything accepted would hold. */
  'commit/preview': { params: Record<string, never>; result: CommitPreview };
  /** A message for it, by the model where one can be asked; `commit/stop` ends it. */
  'commit/draft': { params: Record<string, never>; result: { readonly text: string } };
  /** Makes the commit that `token` names; `commit/stop` ends it. What git or a hook printed follows the error's words. */
  'commit/create': {
    params: { readonly message: string; readonly token: string };
    result: MadeCommit;
  };
  /** Ends what is drafted or committed now; nothing happens where there is nothing. */
  'commit/stop': { params: Record<string, never>; result: null };
  /** Drafts a pull request of everything the thread changed and opens it as a new untitled document. */
  'pullRequest/write': { params: Record<string, never>; result: null };
  /** Changes the words of a comment that waits, or takes it back; `notFound` where it was sent meanwhile. */
  'comment/edit': { params: { readonly id: string; readonly text: string }; result: null };
  'comment/remove': { params: { readonly id: string }; result: null };
  /** Opens the file of a comment at its lines. */
  'comment/open': { params: { readonly id: string }; result: null };
  /** Sends all comments that wait: in the running turn, or in one of their own. */
  'comments/send': { params: Record<string, never>; result: null };
  /** Says why a hunk was rejected a moment ago; `notFound` where that is not known any more. */
  'rejection/explain': {
    params: { readonly path: string; readonly hunkId: string; readonly reason: string };
    result: null;
  };
  /** Opens the whole change set as a multi-file diff. */
  'changes/open': { params: Record<string, never>; result: null };
  /** Opens a file of the workspace in the editor; `line` counts from 1. */
  'file/open': { params: { readonly path: string; readonly line?: number }; result: null };
  /** Puts text of the agent where the cursor is in the editor; `notFound` where no editor is open. */
  'code/insert': { params: { readonly text: string }; result: null };
  /** Opens text of the agent as a new untitled document, in a language by the name that a code block has for it. */
  'code/open': { params: { readonly text: string; readonly language?: string }; result: null };
  /** An image that the agent looked at, as it is now; null where there is none any more, or a very large one. */
  'image/read': {
    params: { readonly itemId: ItemId };
    result: { readonly dataUrl: string } | null;
  };
  /** Opens a link from the model's text in the browser, after the person agreed. */
  'link/open': { params: { readonly url: string }; result: null };
  'settings/update': {
    params: Partial<{ readonly mode: Mode; readonly model: string; readonly effort: Effort }>;
    result: null;
  };
  /** The person looks at the models: the server is asked what it has, and `settings/changed` tells of it. */
  'models/load': { params: Record<string, never>; result: null };
  /** Finds out anew whether commands can be confined here; `settings/changed` tells where that changed. */
  'sandbox/check': { params: Record<string, never>; result: null };
  /** Shows the settings that say when the person is asked and what commands reach. */
  'policies/open': { params: Record<string, never>; result: null };
  /** Tries the way to the model and says what works or what is wrong. */
  'connection/test': { params: Record<string, never>; result: null };
  /** Lets the person pick files; they arrive as `composer/attached`. */
  'attachment/pick': { params: Record<string, never>; result: null };
  /** Makes attachments of files and folders that were dropped, by their URIs; they arrive as `composer/attached`. */
  'attachment/drop': { params: { readonly uris: readonly string[] }; result: null };
  /** Opens an attached text as a new untitled document. */
  'attachment/open': { params: { readonly text: string }; result: null };
  /** Files, folders or symbols that may be meant, the best first; a new search ends the one before, which finds nothing. */
  'mention/search': {
    params: { readonly scope: MentionScope; readonly query: string };
    result: readonly FoundMention[];
  };
  /** What is sent with a message for something that was mentioned. */
  'mention/attach': { params: { readonly mention: Mention }; result: Attachment };
  /** The host follows exactly these selections of the draft from now on; answers them as they are now. */
  'selections/follow': {
    params: { readonly selections: readonly SelectionAttachment[] };
    result: readonly SelectionAttachment[];
  };
  /** What fills the context of the shown thread; null where nothing was said in it. */
  'thread/context': { params: Record<string, never>; result: ContextUse | null };
  'thread/status': { params: Record<string, never>; result: ThreadStatus };
  /** Has the agent write AGENTS.md, in a turn of its own or after the running one; `words` is what the person adds. */
  'instructions/write': { params: { readonly words: string }; result: null };
  /** Opens the running command of an item as a terminal of VS Code; `notFound` where it has ended. */
  'terminal/open': { params: { readonly itemId: ItemId }; result: null };
  /** Starts the flow that stores an API key. */
  'key/set': { params: Record<string, never>; result: null };
  /** Starts VS Code's own flow to open a folder. */
  'workspace/open': { params: Record<string, never>; result: null };
  /** Starts VS Code's own flow to trust the workspace. */
  'workspace/trust': { params: Record<string, never>; result: null };
  /** Shows the setting that names the model's server. */
  'baseUrl/open': { params: Record<string, never>; result: null };
}

export type ViewRequestName = keyof ViewRequests;

/** What the host tells the view. Dot or past: it happened. */
export interface HostNotifications {
  /** Another thread is shown, or the view missed something: this replaces what it has. */
  'thread/snapshot': ShownThreadSnapshot;
  /**
   * New events of the shown thread, in order. They follow event `afterSeq`; a view that is elsewhere asks again
   * with `view/ready`. `history.appended` is left out, so `lastSeq` tells where the batch ends.
   */
  'thread/events': {
    readonly threadId: ThreadId;
    readonly afterSeq: number;
    readonly lastSeq: number;
    readonly events: readonly ThreadEvent[];
    /** What the view answers with `view/received`; absent where no answer is awaited. */
    readonly receipt?: number;
  };
  'settings/changed': { readonly settings: ViewSettings };
  /** Something was attached from the editor: it becomes a chip of the composer. */
  'composer/attached': { readonly attachments: readonly Attachment[] };
  /** The lines of followed selections moved, changed or are gone. */
  'selections/moved': { readonly selections: readonly SelectionAttachment[] };
  /** Text for the composer, for the person to read and send: of a link they opened, or what could not be sent. */
  'composer/filled': { readonly text: string };
  /** The person picked a checkpoint in the editor: its preview is to be shown. */
  'checkpoint/chosen': { readonly checkpoint: CheckpointRef };
  /** The person asked in the editor to commit what they accepted. */
  'commit/asked': Record<string, never>;
  /** The editor wants the composer to have the focus. */
  'composer/focused': Record<string, never>;
}

export type HostNotificationName = keyof HostNotifications;

/** What helps where a request failed: the words of a button, and what it asks for. */
export interface Remedy {
  readonly title: string;
  readonly request: 'key/set' | 'workspace/open' | 'workspace/trust' | 'baseUrl/open';
}

/** What a failed request answers with. */
export interface ViewError {
  readonly code: 'invalid' | 'notFound' | 'busy' | 'failed';
  readonly message: string;
  readonly remedy?: Remedy;
}

/** Messages from the view to the host. */
export type ViewMessage = {
  [Name in ViewRequestName]: {
    readonly id: number;
    readonly name: Name;
    readonly params: ViewRequests[Name]['params'];
  };
}[ViewRequestName];

/** Messages from the host to the view. */
export type HostMessage =
  | { readonly kind: 'answer'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly error: ViewError }
  | {
      [Name in HostNotificationName]: {
        readonly kind: 'notification';
        readonly name: Name;
        readonly params: HostNotifications[Name];
      };
    }[HostNotificationName];
