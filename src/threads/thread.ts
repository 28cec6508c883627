import * as l10n from '@vscode/l10n';
import type { Subscribe } from '../base/emitter';
import type { Decision } from '../protocol/approvals';
import type { ChangeTarget, Resolution } from '../protocol/changes';
import type { ContextUse } from '../protocol/contextUse';
import type { ThreadEvent } from '../protocol/events';
import type { ApprovalId, ItemId, ThreadId } from '../protocol/ids';
import type { UserInput } from '../protocol/input';
import type { PlanDecision } from '../protocol/plan';
import type { FindingResolution } from '../protocol/review';
import { openQuestion, runningTurn, waitingPlan, type ThreadState } from '../protocol/threadState';
import type { TurnContext } from '../protocol/turnContext';
import { AcceptedCommits } from './acceptedCommits';
import { AmbientReview } from './ambientReview';
import { ChangePreviews } from './changePreviews';
import { ChangeDrafts } from './changeDrafts';
import { closeBrokenTurn, findUnsaid } from './closeBrokenTurn';
import type { Comments } from './comments';
import { contextUse } from './contextUse';
import { editedSummary } from './editedSummary';
import { findWaitingCall, findWaitingTurn, type OpenTurn } from './findWaitingTurn';
import { inputAfterPlan } from './inputAfterPlan';
import type { TurnOptions } from './newTurn';
import { readReviewTask, resolveFinding, reviewInput, type ReviewAsked } from './reviews';
import { Restorer } from './restorer';
import { TakenTerminals } from './takenTerminals';
import { threadParts, type StoredContent, type ThreadParts } from './threadParts';
import type { ThreadPorts } from './threadPorts';
import { TurnQueue } from './turnQueue';
import { unansweredNotices } from './takenBackWords';
import { TurnRunner } from './turnRunner';

/** One durable conversation with the agent: at most one turn runs at a time. */
export class Thread {
  private readonly parts: ThreadParts;
  private readonly runner: TurnRunner;
  private readonly turns: TurnQueue;
  private readonly ambient: AmbientReview;
  /** A stored turn that waits for the person, until `goOn`. */
  private open: OpenTurn | undefined;

  readonly cwd: string;
  /** What the thread's files and its conversation can be put back to. */
  readonly checkpoints: Restorer;
  /** The changes as a person reads them. */
  readonly previews: ChangePreviews;
  /** Commits of what the person accepted. */
  readonly commits: AcceptedCommits;
  /** What the person writes about code. */
  readonly comments: Comments;
  /** The commands that run, for the person to watch and to type into. */
  readonly terminals: TakenTerminals;
  /** Words for commits and pull requests. */
  readonly drafts: ChangeDrafts;
  readonly onEvent: Subscribe<ThreadEvent>;
  /** Fires once, when another window has taken the thread over; from then on it can only be read here. */
  readonly onLost: Subscribe<void>;

  /** @param cwd absolute folder of a new thread; a stored one brings its own. */
  constructor(
    readonly id: ThreadId,
    cwd: string,
    ports: ThreadPorts,
    stored?: StoredContent,
  ) {
    this.parts = threadParts(id, cwd, ports, stored);
    this.runner = new TurnRunner(this.parts);
    this.turns = new TurnQueue(this.parts, this.runner);
    this.ambient = new AmbientReview(this.parts);
    this.previews = new ChangePreviews(this.parts);
    this.checkpoints = new Restorer({
      ...this.parts,
      isBusy: () => this.runner.busy,
      readStored: () => ports.store.read(id).events,
    });
    const { model, log, asksForWords } = ports;
    const repository = ports.repository?.(this.parts.cwd);
    this.commits = new AcceptedCommits({ ...this.parts, repository });
    const { commits } = this;
    const drafting = { ...this.parts, repository, commits, model, log, asksForWords };
    this.drafts = new ChangeDrafts(drafting);
    this.comments = this.parts.comments;
    this.terminals = new TakenTerminals(this.parts);
    this.cwd = this.parts.cwd;
    this.onEvent = this.parts.events.onEvent;
    this.onLost = this.parts.events.onLost;
    this.onLost(() => this.stopWork());
    if (stored?.journal) this.recover(stored);
  }

  /** The fold of all events so far. */
  get state(): ThreadState {
    return this.parts.events.state;
  }

  /** True where another window owns the thread: it can be read here, and taken over. */
  get readOnly(): boolean {
    return this.parts.events.readOnly;
  }

  /** True where nothing runs or waits, so that closing the thread ends nothing. */
  get idle(): boolean {
    const { runner, ambient, parts } = this;
    if (runner.busy || ambient.busy || parts.terminals.running.length > 0) return false;
    return this.state.waiting.length === 0;
  }

  /** Notices where another window took the thread over while nothing was stored. */
  checkOwner(): void {
    this.parts.events.checkOwner();
  }

  /** Gives the thread another title. @throws JournalError */
  rename(title: string): void {
    if (title !== this.state.title) this.parts.events.emit({ type: 'thread.renamed', title });
  }

  /** Puts the thread out of the list at hand, or back into it. @throws JournalError */
  archive(archived: boolean): void {
    if (archived === this.state.archived) return;
    this.parts.events.emit({ type: 'thread.archived', archived });
  }

  /** Runs a turn; resolves when it has ended, however it ended. @throws Error where a turn is running. */
  startTurn(input: UserInput, context: TurnContext, options: TurnOptions = {}): Promise<void> {
    return this.turns.start(input, context, options);
  }

  /**
   * Goes on with a stored turn that waited for the person when its host ended: the same request is open again, and
   * nothing runs before it is answered. Nothing happens where there is no such turn.
   */
  goOn(): void {
    const { open } = this;
    this.open = undefined;
    if (!open) return;
    this.turns.resume(open).catch((error: unknown) => {
      this.parts.ports.log.error('A turn ended with an error', error);
    });
  }

  /**
   * Runs a turn that reviews changes of the repository and writes nothing, as `startTurn` does.
   * @throws ReviewTargetError where there is nothing to review; no turn began then.
   */
  async review(
    { target, instruction }: ReviewAsked,
    context: TurnContext,
    options: TurnOptions = {},
  ): Promise<void> {
    const review = await readReviewTask(this.parts, target, instruction);
    return this.turns.start(reviewInput(target, instruction), context, { ...options, review });
  }

  /** Puts an open finding away, or marks it as given to the agent. False where it is not open any more. */
  resolveFinding(findingId: string, resolution: FindingResolution): boolean {
    return resolveFinding(this.parts, findingId, resolution);
  }

  /** Stops the running turn; nothing happens where none is running. */
  interrupt(): void {
    this.runner.interrupt();
  }

  /**
   * Summarises the history now, between turns; input that comes meanwhile waits for it. Resolves when it ended, also
   * by `interrupt`; a failure is told as a notice.
   * @throws Error where a turn is running or nothing was said yet.
   */
  compact(context: TurnContext): Promise<void> {
    return this.runner.compact(context);
  }

  /** What fills the context of the next turn with these settings. */
  contextUse(context: TurnContext): ContextUse {
    return contextUse(this.parts, context);
  }

  /** Changes the words of the last summary of the history. @throws Error where a turn runs or it is not the last one. */
  editSummary(itemId: ItemId, summary: string): void {
    if (this.runner.busy) {
      throw new Error(l10n.t('A turn is running: the summary can be edited after it.'));
    }
    const { state, history, contextSize } = this.parts.events;
    this.parts.events.emit(editedSummary({ state, history, contextSize }, itemId, summary));
  }

  /** Adds input to the running turn; the model sees it at its next step. @throws Error where none is running. */
  steer(input: UserInput): void {
    this.turns.steer(input);
  }

  /** Adds input for the next turn, which opens by itself once the running one is completed. @throws Error as `steer`. */
  queue(input: UserInput): void {
    this.turns.add(input);
  }

  /** Changes the words of waiting input; false where it was taken or removed meanwhile. */
  editWaiting(id: string, text: string): boolean {
    return this.parts.waiting.edit(id, text);
  }

  /** Takes waiting input back; false where it was taken or removed meanwhile. */
  removeWaiting(id: string): boolean {
    return this.parts.waiting.remove([id]);
  }

  /** Runs a turn with waiting input, as `startTurn` does; undefined where it was taken or removed meanwhile. */
  sendWaiting(
    id: string,
    context: TurnContext,
    options: TurnOptions = {},
  ): Promise<void> | undefined {
    return this.turns.send(id, context, options);
  }

  /**
   * Tells the agent the comments that wait: at the next step of the running turn, or in a turn of their own, run as
   * `startTurn` does. Undefined where none waits.
   */
  sendComments(context: TurnContext, options: TurnOptions = {}): Promise<void> | undefined {
    return this.turns.sendComments(context, options);
  }

  /** Answers a question; an unknown or answered id is ignored, so the first answer counts. */
  resolveApproval(id: ApprovalId, decision: Decision): void {
    if (!this.state.approvals.some((approval) => approval.id === id)) return;
    this.parts.person.resolve(id, decision);
    if (decision === 'cancel') this.interrupt();
  }

  /** Answers the questions of an item; false where they are not open any more. */
  answerQuestion(id: ItemId, answers: Readonly<Record<string, string>>): boolean {
    if (openQuestion(this.state)?.id !== id) return false;
    return this.parts.questions.answer(id, answers);
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
    if (!turn || plan?.id !== id || this.runner.busy) return undefined;
    this.parts.events.emit({
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
    this.parts.events.requireOwner();
    return this.parts.tracker.resolve(resolution, target);
  }

  /** The content of a changed file as last accepted; null where it was absent, undefined where it is not changed. */
  baseline(path: string): Promise<Uint8Array | null | undefined> {
    return this.parts.tracker.baseline(path);
  }

  /**
   * Interrupts, waits for the end, kills what runs and closes the journal. A turn that only waits for the person stays
   * as it is: it goes on where the thread is opened again.
   */
  async dispose(): Promise<void> {
    this.turns.close();
    if (findWaitingCall(this.state, this.parts.answers)) {
      this.runner.leave();
      // At once, so that an answer which comes now starts nothing.
      this.release();
    }
    this.runner.interrupt('host');
    await this.runner.ended();
    await this.parts.terminals.killAll();
    this.release();
  }

  /** Lets go of the journal at once, so that the thread can be opened again; only for an idle thread. */
  release(): void {
    this.ambient.stop();
    this.parts.tracker.dispose();
    this.parts.events.close();
  }

  /** The thread is another window's now, and what ran for it here must not go on beside that. */
  private stopWork(): void {
    this.ambient.stop();
    this.interrupt();
    this.parts.tracker.dispose();
    void this.parts.terminals.killAll();
  }

  /** Ends what a closed host left open, unless it waits for the person, and says what was repaired. */
  private recover({ thread: { events: stored, repair }, takenOver }: StoredContent): void {
    const { events, waiting, answers } = this.parts;
    const { state, history } = events;
    this.open = findWaitingTurn({ state, history, events: stored }, answers);
    const notices = [...(repair === undefined ? [] : [repair]), ...unansweredNotices(state)];
    if (!this.open) {
      for (const body of closeBrokenTurn(state, history, findUnsaid(stored))) events.emit(body);
      waiting.keepForPerson();
      if (takenOver && runningTurn(state)) {
        notices.push(
          l10n.t(
            'This thread was taken over from another window while a turn ran there. That turn has ended.',
          ),
        );
      }
    }
    if (notices.length > 0) {
      events.emit({ type: 'notice.raised', level: 'warning', text: notices.join(' ') });
    }
  }
}
