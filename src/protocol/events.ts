import type { AcceptedChange, MadeCommit } from './acceptedChanges';
import type { Approval, DecidedBy, Decision } from './approvals';
import type { CallDecision } from './callDecision';
import type { ChangesUpdate, ChangeTarget, Resolution } from './changes';
import type { FileWrite, RestoreRecord, RestoredConversation } from './checkpoints';
import type { WrittenComment } from './comments';
import type { HostContact } from './hostContact';
import type { ApprovalId, ItemId, ThreadId, TurnId } from './ids';
import type { UserInput, WaitingInput } from './input';
import type { Item } from './items';
import type { ModelItem } from './modelItem';
import type { OutsideContent } from './outsideContent';
import type { Plan } from './plan';
import type { FindingResolution } from './review';
import type { TurnContext } from './turnContext';
import type { Usage } from './usage';

/** Why a turn failed, in words for people, with a code for programs. */
export interface TurnError {
  readonly code: TurnErrorCode;
  readonly message: string;
}

export type TurnErrorCode =
  /** The connection or the server failed, also after retries. */
  | 'stream'
  /** The server asks to slow down. */
  | 'rateLimit'
  /** No API key, or one that the server refuses. */
  | 'credentials'
  /** The server does not accept the request. */
  | 'invalidRequest'
  /** The thread is longer than the model can read. */
  | 'contextOverflow'
  /** The account has no budget left. */
  | 'quota'
  /** The thread's journal could not be written. */
  | 'journal'
  /** The model kept making the same failing call. */
  | 'loop'
  /** The model's answer is not what was asked for and could not be read. */
  | 'badAnswer'
  /** A fault of ours. */
  | 'internal';

/** A new piece of an item's text. Never stored: `item.completed` is the truth. */
export type ItemDelta =
  /** Appends to the text of an agentMessage or a reasoning item. */
  | { readonly kind: 'text'; readonly text: string }
  /** Appends to the output of a commandExecution or toolCall item. */
  | { readonly kind: 'output'; readonly text: string }
  /** The text begins anew: the request broke off and is sent again. */
  | { readonly kind: 'reset' };

/** A fact about a thread before `seq` and `at` are stamped on it. */
export type ThreadEventBody =
  /** The thread exists; always its first event. `cwd` is absolute. A fork names the thread and the turn it was copied up to; no turn for all of it. */
  | {
      readonly type: 'thread.started';
      readonly cwd: string;
      readonly forkedFrom?: { readonly threadId: ThreadId; readonly turnId?: TurnId };
    }
  /** The thread has a new title. */
  | { readonly type: 'thread.renamed'; readonly title: string }
  /** The thread left the list of threads at hand, or came back to it. */
  | { readonly type: 'thread.archived'; readonly archived: boolean }
  /** The input that waits as it is now, whole. */
  | { readonly type: 'input.waiting'; readonly inputs: readonly WaitingInput[] }
  /** A turn began with this input and these frozen settings. */
  | {
      readonly type: 'turn.started';
      readonly turnId: TurnId;
      readonly input: UserInput;
      readonly context: TurnContext;
    }
  /** The turn reached its end; `usage` sums its steps. */
  | { readonly type: 'turn.completed'; readonly turnId: TurnId; readonly usage: Usage }
  /** The turn was stopped; by `restart` where the host ended while it ran, by `limit` where the person's limit was reached. */
  | {
      readonly type: 'turn.interrupted';
      readonly turnId: TurnId;
      readonly by: 'user' | 'restart' | 'limit';
    }
  /** The turn could not go on. */
  | { readonly type: 'turn.failed'; readonly turnId: TurnId; readonly error: TurnError }
  /** A model request is being sent. */
  | { readonly type: 'step.started'; readonly turnId: TurnId; readonly step: number }
  /** The request failed and is sent again after `delayMs`. */
  | {
      readonly type: 'step.retried';
      readonly turnId: TurnId;
      readonly attempt: number;
      /** What it waits for: a quick retry, the server's permission, or the network to come back. */
      readonly waitingFor: 'retry' | 'rateLimit' | 'network';
      readonly delayMs: number;
      readonly error: TurnError;
    }
  /** The model's answer is whole: a step's, or a summary of the history. */
  | {
      readonly type: 'step.completed';
      readonly turnId: TurnId;
      readonly responseId: string;
      readonly usage: Usage;
      /** Estimated US dollars; absent where the model's prices are not known. */
      readonly cost?: number;
      /** Asked beside the thread's history, as a review is: it tells nothing of how full the context is. */
      readonly apart?: true;
    }
  /** An item appeared. */
  | { readonly type: 'item.started'; readonly turnId: TurnId; readonly item: Item }
  /** A piece of an item's text; not stored. */
  | {
      readonly type: 'item.delta';
      readonly turnId: TurnId;
      readonly itemId: ItemId;
      readonly delta: ItemDelta;
    }
  /** An item is final. */
  | { readonly type: 'item.completed'; readonly turnId: TurnId; readonly item: Item }
  /** The exact items the model sees grew by these; never drawn. */
  | { readonly type: 'history.appended'; readonly items: readonly ModelItem[] }
  /** The model sees `replacement` instead of everything before; tokens are estimates. */
  | {
      readonly type: 'history.compacted';
      readonly replacement: readonly ModelItem[];
      readonly tokensBefore: number;
      readonly tokensAfter: number;
      /** Present where the person only changed the words of the last summary: those of this item. */
      readonly edited?: {
        readonly turnId: TurnId;
        readonly itemId: ItemId;
        readonly summary: string;
      };
    }
  /** The person is asked about an item. */
  | {
      readonly type: 'approval.requested';
      readonly turnId: TurnId;
      readonly approval: Approval;
    }
  /** The question is answered; always, also by an interrupt. */
  | {
      readonly type: 'approval.resolved';
      readonly turnId: TurnId;
      readonly approvalId: ApprovalId;
      readonly decision: Decision;
      readonly by: DecidedBy;
    }
  /** What may have an effect was allowed or denied, by whom and why; a call that runs begins after it. */
  | {
      readonly type: 'decision.made';
      readonly turnId: TurnId;
      readonly itemId: ItemId;
      readonly decision: CallDecision;
    }
  /** A command tried to reach a host; told once the connection has ended, which may be after its turn. */
  | {
      readonly type: 'host.contacted';
      readonly turnId: TurnId;
      readonly itemId: ItemId;
      readonly contact: HostContact;
    }
  /** Content from outside of the thread's folder comes in with an item; what is decided afterwards is stricter. */
  | ({ readonly type: 'outside.entered'; readonly turnId: TurnId } & OutsideContent)
  /** The change set as it is now, whole. */
  | ({ readonly type: 'changes.updated' } & ChangesUpdate)
  /** The person accepted or rejected; `changes.updated` follows. */
  | {
      readonly type: 'hunk.resolved';
      readonly resolution: Resolution;
      readonly target: ChangeTarget;
      /** What an accept moved the baselines by; older journals do not tell. */
      readonly accepted?: readonly AcceptedChange[];
      /** What a reject wrote; older journals do not tell. */
      readonly written?: readonly FileWrite[];
    }
  /** The person wrote a comment on code, or other words in its place; `item.completed` tells when it was sent. */
  | { readonly type: 'comment.written'; readonly comment: WrittenComment }
  /** The person took a comment back before it was sent. */
  | { readonly type: 'comment.withdrawn'; readonly commentId: string }
  /**
   * What was accepted of the files in `settled` up to event `upTo` needs no commit any more: it is in this one, or, where
   * there is none, the last commit had it already or the files have it no more.
   */
  | {
      readonly type: 'changes.committed';
      readonly commit?: MadeCommit;
      readonly settled: readonly string[];
      readonly upTo: number;
    }
  /** A call wrote these files: the state before it can be restored. */
  | {
      readonly type: 'files.written';
      readonly turnId: TurnId;
      readonly itemId: ItemId;
      readonly files: readonly FileWrite[];
      /** Who wrote them, where it was not the call: `policy` took back what a command must not leave unasked. */
      readonly by?: DecidedBy;
    }
  /** The person put files, the conversation or both back to a checkpoint; `conversation` where that went back. */
  | {
      readonly type: 'thread.restored';
      readonly restore: RestoreRecord;
      readonly conversation?: RestoredConversation;
    }
  /** The last restore was taken back: these files, and the conversation where `history` is what the model sees. */
  | {
      readonly type: 'restore.undone';
      readonly restoreId: string;
      readonly paths: readonly string[];
      readonly history?: readonly ModelItem[];
    }
  /** The person decided on a proposed plan; `text` is the plan as they left it. */
  | {
      readonly type: 'plan.resolved';
      readonly turnId: TurnId;
      readonly itemId: ItemId;
      readonly resolution: 'approved' | 'sentBack';
      readonly text: string;
    }
  /** The person put a finding of a review away, or gave it to the agent. */
  | {
      readonly type: 'finding.resolved';
      readonly turnId: TurnId;
      readonly itemId: ItemId;
      readonly findingId: string;
      readonly resolution: FindingResolution;
    }
  /** The plan as it is now, whole. */
  | { readonly type: 'plan.updated'; readonly turnId: TurnId; readonly plan: Plan }
  /** Something the person should know that is nobody's failure. */
  | {
      readonly type: 'notice.raised';
      readonly level: 'info' | 'warning' | 'error';
      readonly text: string;
      /** What it is about, where it is to be told once in a thread. */
      readonly topic?: NoticeTopic;
    };

/** `sandbox`: why nothing confines commands. */
export type NoticeTopic = 'sandbox';

/** What `eventLog` adds: `seq` grows by one per stored event, `at` is in milliseconds since 1970. */
export interface EventEnvelope {
  readonly seq: number;
  readonly at: number;
  readonly threadId: ThreadId;
}

/** A fact about a thread. Deltas carry the `seq` of the stored event before them. */
export type ThreadEvent = EventEnvelope & ThreadEventBody;

/** True for events that are only for those who watch live. */
export function isTransient(event: ThreadEventBody): boolean {
  return event.type === 'item.delta';
}
