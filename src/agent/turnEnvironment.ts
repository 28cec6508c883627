import type { Approver } from '../ports/approver';
import type { Clock } from '../ports/clock';
import type { Diagnostics } from '../ports/diagnostics';
import type { HiddenFiles } from '../ports/hiddenFiles';
import type { InstructionFiles } from '../ports/instructionFiles';
import type { Log } from '../ports/log';
import type { Machine } from '../ports/machine';
import type { Model } from '../ports/model';
import type { Questioner } from '../ports/questioner';
import type { NetworkAccess, Sandbox } from '../ports/sandbox';
import type { Search } from '../ports/search';
import type { ShellParser } from '../ports/shellParser';
import type { Terminals } from '../ports/terminal';
import type { TrustedPrograms } from '../ports/trustedPrograms';
import type { WorkspaceFiles } from '../ports/workspaceFiles';
import type { ChangeOrigin } from '../protocol/changes';
import type { SentComment } from '../protocol/comments';
import type { ThreadEventBody } from '../protocol/events';
import type { ItemId, ThreadId, TurnId } from '../protocol/ids';
import type { UserInput } from '../protocol/input';
import type { ModelItem } from '../protocol/modelItem';
import type { ModelProfile } from '../protocol/modelProfile';
import type { ThreadState, TranscriptEntry } from '../protocol/threadState';
import type { TurnContext } from '../protocol/turnContext';
import type { Grants } from '../policy/grants';
import type { TurnMeter } from './limits';
import type { LoopBreaker } from './loopBreaker';
import type { Tool, WrittenFile } from './tool';

/** Learns what the turn writes, to know afterwards what changed; see `ChangeTracker`. */
export interface WriteObserver {
  beginTurn(turn: AskingTurn): void;
  /** Awaited before anything that may write; waits for the person where they are asked about what a command wrote. */
  beforeWrite(): Promise<void>;
  recordEdits(origin: ChangeOrigin, edits: readonly WrittenFile[]): void;
  /** A command that may have written, `confined` where it was in the sandbox, ended or goes on in the background. */
  commandEnded(origin: ChangeOrigin, confined?: boolean): void;
  /** Resolves when every change so far is known, also while the person is asked; the turn goes on. */
  catchUp(): Promise<void>;
  /** Resolves when every change of the turn is known, and nobody is asked about one any more. */
  settle(): Promise<void>;
}

/** What of a turn it takes to ask the person. */
export type AskingTurn = Pick<
  TurnEnvironment,
  'turnId' | 'context' | 'approver' | 'signal' | 'state'
>;

/** The person's comments on code; see `Comments`. */
export interface TurnComments {
  /** All that wait to be told, with their places as they are now. */
  take(): Promise<readonly SentComment[]>;
  /** Those told in this turn whose lines changed since. */
  changed(): Promise<ReadonlySet<string>>;
}

/** The command whose network it is. */
export interface NetworkedCommand {
  readonly itemId: ItemId;
  readonly command: string;
  /** Absolute. */
  readonly cwd: string;
}

/** Asks about the hosts that commands of a turn want to reach, and writes them down; see `TurnHosts`. */
export interface HostWatch {
  /** The network of a command with everything that happens there. */
  accessOf(turn: TurnEnvironment, command: NetworkedCommand, access: NetworkAccess): NetworkAccess;
  /** Resolves when no question of this item, or of any, is open. */
  settled(itemId?: ItemId): Promise<void>;
  /** The text with what the model does not know yet about hosts that were refused. */
  withUntold(modelText: string): string;
  /** Answers what is open with no, and everything later: between turns nobody is asked. */
  close(): Promise<void>;
}

/** Everything one turn works with. Functions of the agent take it as their first argument. */
export interface TurnEnvironment {
  readonly threadId: ThreadId;
  readonly turnId: TurnId;
  readonly context: TurnContext;
  readonly profile: ModelProfile;
  readonly tools: readonly Tool[];
  /** What the person should know before the turn begins, each a sentence. */
  readonly openingNotices: readonly string[];
  readonly outputSchema?: Readonly<Record<string, unknown>>;
  /** What the model has seen so far; grows through `history.appended` events. */
  readonly history: readonly ModelItem[];
  /** What the turn has shown so far, in order. */
  entries(): readonly TranscriptEntry[];
  /** How full the context is by now, in tokens. */
  readonly contextSize: { readonly tokens: number };
  /** What the turn has used, and the limits the person set. */
  readonly meter: TurnMeter;
  /** The fold of all events of the thread so far. */
  state(): ThreadState;
  /** Aborts when the person stops the turn, or its time is up. */
  readonly signal: AbortSignal;
  readonly model: Model;
  readonly approver: Approver;
  readonly questioner: Questioner;
  readonly grants: Grants;
  /** The hosts that commands of the turn want to reach. */
  readonly hosts: HostWatch;
  readonly sandbox: Sandbox;
  /** By these two a command is judged before it runs. */
  readonly shellParser: ShellParser;
  readonly machine: Machine;
  readonly terminals: Terminals;
  readonly files: WorkspaceFiles;
  /** What the agent must not see of them. */
  readonly hiddenFiles: HiddenFiles;
  readonly search: Search;
  /** Absent where nobody looks after the programs of the workspace. */
  readonly trustedPrograms?: TrustedPrograms;
  /** Absent where no language servers run. */
  readonly diagnostics?: Diagnostics;
  readonly instructionFiles: InstructionFiles;
  readonly writes: WriteObserver;
  readonly comments: TurnComments;
  readonly loopBreaker: LoopBreaker;
  readonly clock: Clock;
  readonly log: Log;
  /** Stores and publishes a fact. @throws JournalError where it cannot be stored. */
  emit(body: ThreadEventBody): void;
  /**
   * Resolves when every fact so far is on the disk itself; awaited before an effect that cannot be redone.
   * @throws JournalError where it cannot be made safe; then nothing irreversible may begin.
   */
  sync(): Promise<void>;
  /** What the person rejected or changed by hand since the history last told of it; append it to tell. */
  untoldReview(): ModelItem | undefined;
  /** Ends what is still open in the turn: items are interrupted, questions cancelled. */
  closeOpen(): void;
  /** Hands input that the person added since the last call to `say`, in order; answers how much there was. */
  takeSteering(say: (input: UserInput) => void): number;
}
