import type { Subscribe } from '../base/emitter';
import { errorMessage } from '../base/errorMessage';
import { compactHistory } from '../agent/compactHistory';
import { TurnMeter } from '../agent/limits';
import { LoopBreaker } from '../agent/loopBreaker';
import { runTurn } from '../agent/runTurn';
import type { TurnEnvironment } from '../agent/turnEnvironment';
import { profileFor } from '../models';
import { Grants } from '../policy/grants';
import type { Terminals } from '../ports/terminal';
import type { Journal, ReadThread } from '../ports/threadStore';
import type { WorkspaceFiles } from '../ports/workspaceFiles';
import type { Decision } from '../protocol/approvals';
import { emptyChangeSet, type ChangeTarget, type Resolution } from '../protocol/changes';
import type { ThreadEvent } from '../protocol/events';
import { newId, type ApprovalId, type ItemId, type ThreadId } from '../protocol/ids';
import type { UserInput } from '../protocol/input';
import type { PlanDecision } from '../protocol/plan';
import { openQuestion, runningTurn, waitingPlan, type ThreadState } from '../protocol/threadState';
import type { TurnContext } from '../protocol/turnContext';
import { toolsNamed } from '../tools';
import { ChangeTracker } from './changeTracker';
import { closeBrokenTurn, closeCompaction, closeOpen, closeUnstoredTurn } from './closeBrokenTurn';
import { editedSummary } from './editedSummary';
import { EventLog } from './eventLog';
import { PersonApprover } from './personApprover';
import { PersonQuestioner } from './personQuestioner';
import { inputAfterPlan } from './inputAfterPlan';
import { ReviewNotes } from './reviewNotes';
import type { ThreadPorts } from './threadPorts';
import { titleOf } from './titler';
import { WaitingInputs } from './waitingInputs';

/** What a host may add to a turn. */
export interface TurnOptions {
  /** JSON schema the final answer must follow. */
  readonly outputSchema?: Readonly<Record<string, unknown>>;
  /** Settings of a turn that queued input opens by itself, as they are then; absent where it waits to be sent. */
  readonly contextForNextTurn?: () => TurnContext;
}

/** A stored thread, read back; owned where there is a journal, else only to be read. */
export interface StoredContent {
  readonly journal?: Journal;
  readonly thread: ReadThread;
}

/** One durable conversation with the agent: at most one turn runs at a time. */
export class Thread {
  private readonly events: EventLog;
  private readonly tracker: ChangeTracker;
  private readonly review = new ReviewNotes();
  private readonly files: WorkspaceFiles;
  private readonly terminals: Terminals;
  private readonly person = new PersonApprover();
  private readonly grants = new Grants();
  private readonly questions = new PersonQuestioner();
  private readonly waiting: WaitingInputs;
  private closing = false;
  private running:
    { readonly abort: AbortController; readonly ended: Promise<unknown> } | undefined;
  /** Settles when the compaction that runs between turns has ended. */
  private compaction: Promise<boolean> | undefined;

  readonly cwd: string;
  readonly onEvent: Subscribe<ThreadEvent>;
  /** Fires once, when another window has taken the thread over; from then on it can only be read here. */
  readonly onLost: Subscribe<void>;

  /** @param cwd absolute folder of a new thread; a stored one brings its own. */
  constructor(
    readonly id: ThreadId,
    cwd: string,
    private readonly ports: ThreadPorts,
    stored?: StoredContent,
  ) {
    this.events = new EventLog(id, ports.clock, () => ports.store.create(id), ports.log);
    this.onEvent = this.events.onEvent;
    this.onLost = this.events.onLost;
    if (stored) this.events.restore(stored.thread.events, stored.journal);
    stored?.thread.events.forEach((event) => this.review.observe(event));
    this.onEvent((event) => this.review.observe(event));
    this.waiting = new WaitingInputs({
      read: () => this.events.state.waiting,
      emit: (body) => this.events.emit(body),
    });
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
      this.readOnly ? emptyChangeSet : this.events.state.changes,
    );
    this.onLost(() => this.stopWork());
    if (stored?.journal) this.recover(stored.thread.repair);
  }

  /** The fold of all events so far. */
  get state(): ThreadState {
    return this.events.state;
  }

  /** True where another window owns the thread: it can be read here, and taken over. */
  get readOnly(): boolean {
    return this.events.readOnly;
  }

  /** True where nothing runs or waits, so that closing the thread ends nothing. */
  get idle(): boolean {
    return !this.running && !this.terminals.busy && this.state.waiting.length === 0;
  }

  /** Notices where another window took the thread over while nothing was stored. */
  checkOwner(): void {
    this.events.checkOwner();
  }

  /** Gives the thread another title. @throws JournalError */
  rename(title: string): void {
    if (title !== this.state.title) this.events.emit({ type: 'thread.renamed', title });
  }

  /** Puts the thread out of the list at hand, or back into it. @throws JournalError */
  archive(archived: boolean): void {
    if (archived !== this.state.archived) this.events.emit({ type: 'thread.archived', archived });
  }

  /** Runs a turn; resolves when it has ended, however it ended. @throws Error where a turn is running. */
  startTurn(input: UserInput, context: TurnContext, options: TurnOptions = {}): Promise<void> {
    const start = async () => {
      if (!this.closing) await this.runTurns(input, context, options, []);
    };
    return this.compaction ? this.compaction.then(start) : start();
  }

  /**
   * Summarises the history now, between turns; input that comes meanwhile waits for it. Resolves when it ended, also
   * by `interrupt`; a failure is told as a notice.
   * @throws Error where a turn is running or nothing was said yet.
   */
  async compact(context: TurnContext): Promise<void> {
    this.events.requireOwner();
    const turn = this.state.turns.at(-1);
    if (this.running) throw new Error('A turn is running: the history can be summarised after it.');
    if (!turn) throw new Error('There is nothing to summarise yet.');
    const abort = new AbortController();
    const environment = { ...this.environment(context, {}, abort.signal), turnId: turn.id };
    const ended = compactHistory(environment);
    this.running = { abort, ended };
    this.compaction = ended.catch(() => false);
    try {
      await ended;
    } catch (error) {
      for (const body of closeCompaction(this.state)) this.events.hold(body);
      throw error;
    } finally {
      environment.meter.dispose();
      this.running = undefined;
      this.compaction = undefined;
    }
  }

  /** Changes the words of the last summary of the history. @throws Error where a turn runs or it is not the last one. */
  editSummary(itemId: ItemId, summary: string): void {
    if (this.running) throw new Error('A turn is running: the summary can be edited after it.');
    const { state, history, contextSize } = this.events;
    this.events.emit(editedSummary({ state, history, contextSize }, itemId, summary));
  }

  /** Runs a turn, then those that waiting input opens by itself; `taken` are the ids of the input it says. */
  private async runTurns(
    input: UserInput,
    context: TurnContext,
    options: TurnOptions,
    taken: readonly string[],
  ): Promise<void> {
    this.events.requireOwner();
    if (this.running) throw new Error('A turn is already running in this thread.');
    if (this.state.seq === 0) this.events.emit({ type: 'thread.started', cwd: this.cwd });
    if (this.state.title === '') {
      this.events.emit({ type: 'thread.renamed', title: titleOf(input) });
    }
    const abort = new AbortController();
    const turn = runTurn(this.environment(context, options, abort.signal), input);
    this.running = { abort, ended: turn };
    try {
      this.waiting.remove(taken);
      await turn;
      await this.makeSafe();
    } catch (error) {
      abort.abort();
      await turn.catch(() => undefined);
      this.endUnstored(error);
    } finally {
      this.running = undefined;
    }
    await this.goOnWithWaiting(context, options);
  }

  /** Adds input to the running turn; the model sees it at its next step. @throws Error where none is running. */
  steer(input: UserInput): void {
    if (!this.running) throw new Error('No turn is running that could be steered.');
    this.waiting.add('steer', input);
  }

  /** Adds input for the next turn, which opens by itself once the running one is completed. @throws Error as `steer`. */
  queue(input: UserInput): void {
    if (!this.running) throw new Error('No turn is running that input could wait for.');
    this.waiting.add('queue', input);
  }

  /** Changes the words of waiting input; false where it was taken or removed meanwhile. */
  editWaiting(id: string, text: string): boolean {
    return this.waiting.edit(id, text);
  }

  /** Takes waiting input back; false where it was taken or removed meanwhile. */
  removeWaiting(id: string): boolean {
    return this.waiting.remove([id]);
  }

  /** Runs a turn with waiting input, as `startTurn` does; undefined where it was taken or removed meanwhile. */
  sendWaiting(
    id: string,
    context: TurnContext,
    options: TurnOptions = {},
  ): Promise<void> | undefined {
    const waiting = this.waiting.find(id);
    return waiting && this.runTurns(waiting.input, context, options, [id]);
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

  /** Answers the questions of an item; false where they are not open any more. */
  answerQuestion(id: ItemId, answers: Readonly<Record<string, string>>): boolean {
    if (openQuestion(this.state)?.id !== id) return false;
    return this.questions.answer(id, answers);
  }

  /**
   * Decides on the plan that waits and runs the turn that follows from it, as `startTurn` does; undefined where that
   * plan does not wait any more. `context` is to have the mode that the decision asks for.
   */
  resolvePlan(
    id: ItemId,
    decision: PlanDecision,
    context: TurnContext,
    options: TurnOptions = {},
  ): Promise<void> | undefined {
    const plan = waitingPlan(this.state);
    const turn = this.state.turns.at(-1);
    if (!turn || plan?.id !== id || this.running) return undefined;
    this.events.emit({
      type: 'plan.resolved',
      turnId: turn.id,
      itemId: id,
      resolution: decision.kind,
      text: decision.kind === 'approved' ? decision.text : plan.text,
    });
    return this.startTurn(inputAfterPlan(decision), context, options);
  }

  /** Accepts or rejects changes. @throws EditConflictError where the file changed meanwhile. */
  async resolveChanges(resolution: Resolution, target: ChangeTarget): Promise<void> {
    this.events.requireOwner();
    return this.tracker.resolve(resolution, target);
  }

  /** The content of a changed file as last accepted; null where it was absent, undefined where it is not changed. */
  baseline(path: string): Promise<Uint8Array | null | undefined> {
    return this.tracker.baseline(path);
  }

  /** Interrupts, waits for the end, kills what runs and closes the journal. */
  async dispose(): Promise<void> {
    this.closing = true;
    this.interrupt();
    await this.running?.ended.catch(() => {});
    await this.terminals.killAll();
    this.release();
  }

  /** Lets go of the journal at once, so that the thread can be opened again; only for an idle thread. */
  release(): void {
    this.tracker.dispose();
    this.events.close();
  }

  /** The thread is another window's now, and what ran for it here must not go on beside that. */
  private stopWork(): void {
    this.interrupt();
    this.tracker.dispose();
    void this.terminals.killAll();
  }

  private environment(
    context: TurnContext,
    { outputSchema }: TurnOptions,
    signal: AbortSignal,
  ): TurnEnvironment {
    const { ports } = this;
    const { profile, known } = profileFor(context.model, context.wireApi);
    const meter = new TurnMeter(context.limits ?? {}, ports.clock, signal);
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
      contextSize: this.events.contextSize,
      meter,
      state: () => this.events.state,
      entries: () => runningTurn(this.events.state)?.entries ?? [],
      signal: meter.signal,
      model: ports.model,
      approver: ports.approver ?? this.person,
      questioner: ports.questioner ?? this.questions,
      grants: this.grants,
      sandbox: ports.sandbox,
      terminals: this.terminals,
      files: this.files,
      search: ports.search,
      ...(ports.diagnostics ? { diagnostics: ports.diagnostics(this.cwd) } : {}),
      instructionFiles: ports.instructionFiles,
      writes: this.tracker,
      loopBreaker: new LoopBreaker(),
      clock: ports.clock,
      log: ports.log,
      emit: (body) => {
        this.events.emit(body);
        meter.observe(body);
      },
      sync: () => this.events.sync(),
      untoldReview: () => this.review.message(),
      closeOpen: () => closeOpen(this.events.state).forEach((body) => this.events.emit(body)),
      takeSteering: (say) => this.waiting.takeSteering(say),
    };
  }

  /**
   * Input is not lost by a turn's end. After a completed turn what steered too late, or the oldest queued message,
   * opens the next one. After a stop or a failure, and while a plan waits for a decision, it stays with the person.
   */
  private async goOnWithWaiting(context: TurnContext, options: TurnOptions): Promise<void> {
    const { contextForNextTurn } = options;
    const next = this.waiting.next();
    if (!next || this.closing) return;
    const completed = this.state.turns.at(-1)?.status === 'completed';
    const queuedMayGo = next.kind === 'queue' && !waitingPlan(this.state);
    const nextContext =
      next.kind === 'steer' ? context : queuedMayGo ? contextForNextTurn?.() : undefined;
    if (!completed || !nextContext) return this.waiting.keepForPerson();
    await this.runTurns(next.input, nextContext, options, next.ids);
  }

  /** What a turn ended with outlives a power cut; where it may not, the person is told. */
  private async makeSafe(): Promise<void> {
    try {
      await this.events.sync();
    } catch (error) {
      this.events.emit({ type: 'notice.raised', level: 'warning', text: errorMessage(error) });
    }
  }

  /**
   * Only a journal that takes nothing more gets here: the failure cannot even be written down, so it is told alone.
   * @throws the error where no turn began.
   */
  private endUnstored(error: unknown): void {
    this.ports.log.error(`The turn could not be recorded: ${errorMessage(error)}`);
    const bodies = closeUnstoredTurn(this.events.state, this.events.history, errorMessage(error));
    if (bodies.length === 0) throw error;
    for (const body of bodies) this.events.hold(body);
  }

  /** Ends what a closed host left open, and says what was repaired. */
  private recover(repair: string | undefined): void {
    for (const body of closeBrokenTurn(this.events.state, this.events.history)) {
      this.events.emit(body);
    }
    this.waiting.keepForPerson();
    if (repair !== undefined) {
      this.events.emit({ type: 'notice.raised', level: 'warning', text: repair });
    }
  }
}
