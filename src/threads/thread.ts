import type { Subscribe } from '../base/emitter';
import { errorMessage } from '../base/errorMessage';
import { runTurn } from '../agent/runTurn';
import type { TurnEnvironment } from '../agent/turnEnvironment';
import { profileFor } from '../models';
import { Grants } from '../policy/grants';
import type { Terminals } from '../ports/terminal';
import type { Journal, ReadThread } from '../ports/threadStore';
import type { WorkspaceFiles } from '../ports/workspaceFiles';
import type { Decision } from '../protocol/approvals';
import type { ChangeTarget, Resolution } from '../protocol/changes';
import type { ThreadEvent } from '../protocol/events';
import { newId, type ApprovalId, type ThreadId } from '../protocol/ids';
import type { UserInput } from '../protocol/input';
import type { ThreadState } from '../protocol/threadState';
import type { TurnContext } from '../protocol/turnContext';
import { toolsNamed } from '../tools';
import { ChangeTracker } from './changeTracker';
import { closeBrokenTurn } from './closeBrokenTurn';
import { EventLog } from './eventLog';
import { PersonApprover } from './personApprover';
import type { ThreadPorts } from './threadPorts';
import { titleOf } from './titler';

/** What a host may add to a turn. */
export interface TurnOptions {
  /** JSON schema the final answer must follow. */
  readonly outputSchema?: Readonly<Record<string, unknown>>;
}

/** A stored thread, read back and owned. */
export interface StoredContent {
  readonly journal: Journal;
  readonly thread: ReadThread;
}

/** One durable conversation with the agent: at most one turn runs at a time. */
export class Thread {
  private readonly events: EventLog;
  private readonly tracker: ChangeTracker;
  private readonly files: WorkspaceFiles;
  private readonly terminals: Terminals;
  private readonly person = new PersonApprover();
  private readonly grants = new Grants();
  private readonly steering: UserInput[] = [];
  private running: { readonly abort: AbortController; readonly ended: Promise<void> } | undefined;

  readonly cwd: string;
  readonly onEvent: Subscribe<ThreadEvent>;

  /** @param cwd absolute folder of a new thread; a stored one brings its own. */
  constructor(
    readonly id: ThreadId,
    cwd: string,
    private readonly ports: ThreadPorts,
    stored?: StoredContent,
  ) {
    this.events = new EventLog(id, ports.clock, () => ports.store.create(id));
    this.onEvent = this.events.onEvent;
    if (stored) this.events.restore(stored.thread.events, stored.journal);
    this.cwd = this.events.state.cwd || cwd;
    this.files = ports.files(this.cwd);
    this.terminals = ports.terminals(this.cwd);
    this.tracker = new ChangeTracker(
      {
        files: this.files,
        contents: ports.contents(this.cwd),
        log: ports.log,
        emit: (body) => this.events.emit(body),
      },
      this.events.state.changes,
    );
    if (stored) this.recover(stored.thread.repair);
  }

  /** The fold of all events so far. */
  get state(): ThreadState {
    return this.events.state;
  }

  /** Runs a turn; resolves when it has ended, however it ended. @throws Error where a turn is running. */
  async startTurn(
    input: UserInput,
    context: TurnContext,
    options: TurnOptions = {},
  ): Promise<void> {
    if (this.running) throw new Error('A turn is already running in this thread.');
    if (this.state.seq === 0) {
      this.events.emit({ type: 'thread.started', cwd: this.cwd });
      this.events.emit({ type: 'thread.renamed', title: titleOf(input) });
    }
    const abort = new AbortController();
    const turn = runTurn(this.environment(context, options, abort.signal), input);
    this.running = { abort, ended: turn };
    try {
      await turn;
    } catch (error) {
      // Only a journal that takes nothing more gets here: the failure cannot even be written down.
      this.ports.log.error(`The turn could not be recorded: ${errorMessage(error)}`);
      throw error;
    } finally {
      this.running = undefined;
    }
    await this.goOnWithSteering(context, options);
  }

  /** Adds input to the running turn; the model sees it at its next step. @throws Error where none is running. */
  steer(input: UserInput): void {
    if (!this.running) throw new Error('No turn is running that could be steered.');
    this.steering.push(input);
  }

  /** Stops the running turn; nothing happens where none is running. */
  interrupt(): void {
    this.running?.abort.abort();
  }

  /** Answers a question; an unknown or answered id is ignored, so the first answer counts. */
  resolveApproval(id: ApprovalId, decision: Decision): void {
    this.person.resolve(id, decision);
    if (decision === 'cancel') this.interrupt();
  }

  /** Accepts or rejects changes. @throws EditConflictError where the file changed meanwhile. */
  resolveChanges(resolution: Resolution, target: ChangeTarget): Promise<void> {
    return this.tracker.resolve(resolution, target);
  }

  /** The content of a changed file as last accepted; null where it was absent, undefined where it is not changed. */
  baseline(path: string): Promise<Uint8Array | null | undefined> {
    return this.tracker.baseline(path);
  }

  /** Interrupts, waits for the end, kills what runs and closes the journal. */
  async dispose(): Promise<void> {
    this.interrupt();
    await this.running?.ended.catch(() => {});
    await this.terminals.killAll();
    this.tracker.dispose();
    this.events.close();
  }

  private environment(
    context: TurnContext,
    { outputSchema }: TurnOptions,
    signal: AbortSignal,
  ): TurnEnvironment {
    const { ports } = this;
    const { profile, known } = profileFor(context.model);
    return {
      threadId: this.id,
      turnId: newId(),
      context,
      profile,
      tools: toolsNamed(profile.tools),
      openingNotices: known
        ? []
        : [
            `The model ${context.model} is not known to Tandem; it is treated as a general model with plain tools.`,
          ],
      ...(outputSchema === undefined ? {} : { outputSchema }),
      history: this.events.history,
      signal,
      model: ports.model,
      approver: ports.approver ?? this.person,
      grants: this.grants,
      sandbox: ports.sandbox,
      terminals: this.terminals,
      files: this.files,
      search: ports.search,
      instructionFiles: ports.instructionFiles,
      writes: this.tracker,
      clock: ports.clock,
      log: ports.log,
      emit: (body) => this.events.emit(body),
      takeSteering: () => this.steering.splice(0),
    };
  }

  /** Input that came too late for the turn it was meant for is not lost: it opens the next one. */
  private async goOnWithSteering(context: TurnContext, options: TurnOptions): Promise<void> {
    const late = this.steering.splice(0);
    if (late.length === 0) return;
    const input: UserInput = {
      text: late.map(({ text }) => text).join('\n\n'),
      attachments: late.flatMap(({ attachments }) => attachments),
    };
    await this.startTurn(input, context, options);
  }

  /** Ends what a closed host left open, and says what was repaired. */
  private recover(repair: string | undefined): void {
    for (const body of closeBrokenTurn(this.events.state, this.events.history)) {
      this.events.emit(body);
    }
    if (repair !== undefined) {
      this.events.emit({ type: 'notice.raised', level: 'warning', text: repair });
    }
  }
}
