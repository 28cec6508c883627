import * as l10n from '@vscode/l10n';
import type { UserInput } from '../protocol/input';
import { waitingComments } from '../protocol/comments';
import { waitingPlan } from '../protocol/threadState';
import type { TurnContext } from '../protocol/turnContext';
import type { OpenTurn } from './findWaitingTurn';
import type { TurnOptions } from './newTurn';
import type { ThreadParts } from './threadParts';
import type { TurnRequest, TurnRunner } from './turnRunner';

/** Which input runs next: what the person sends, steers or queues, and what waiting input opens by itself. */
export class TurnQueue {
  private closed = false;
  /** True where comments are to be told even if the running turn ends before its next step. */
  private commentsDue = false;

  constructor(
    private readonly parts: ThreadParts,
    private readonly runner: TurnRunner,
  ) {}

  /** See `Thread.startTurn`. */
  start(input: UserInput, context: TurnContext, options: TurnOptions): Promise<void> {
    const start = async () => {
      if (!this.closed) await this.run({ input, context, options, taken: [] });
    };
    const { compaction } = this.runner;
    return compaction ? compaction.then(start) : start();
  }

  /** Goes on with a turn that waits for the person, then with waiting input; resolves when that has ended. */
  async resume(open: OpenTurn): Promise<void> {
    const { ports, cwd } = this.parts;
    const { contextForNextTurn } = ports;
    const options = contextForNextTurn ? { contextForNextTurn: () => contextForNextTurn(cwd) } : {};
    await this.runner.resume(open);
    await this.goOnWithWaiting({ context: open.turn.context, options });
  }

  /** See `Thread.sendWaiting`. */
  send(id: string, context: TurnContext, options: TurnOptions): Promise<void> | undefined {
    const waiting = this.parts.waiting.find(id);
    return waiting && this.run({ input: waiting.input, context, options, taken: [id] });
  }

  /** See `Thread.sendComments`. */
  sendComments(context: TurnContext, options: TurnOptions): Promise<void> | undefined {
    if (!this.hasComments) return undefined;
    if (!this.runner.busy || this.runner.compaction) {
      return this.start(nothingSaid, context, options);
    }
    this.commentsDue = true;
    return Promise.resolve();
  }

  /** Adds input to the running turn; the model sees it at its next step. @throws Error where none is running. */
  steer(input: UserInput): void {
    if (!this.runner.busy) throw new Error(l10n.t('No turn is running that could be steered.'));
    this.parts.waiting.add('steer', input);
  }

  /** Adds input for the next turn, which opens by itself once the running one is completed. @throws Error as `steer`. */
  add(input: UserInput): void {
    if (!this.runner.busy) {
      throw new Error(l10n.t('No turn is running that input could wait for.'));
    }
    this.parts.waiting.add('queue', input);
  }

  /** From now on nothing starts any more. */
  close(): void {
    this.closed = true;
  }

  private get hasComments(): boolean {
    return waitingComments(this.parts.events.state.comments).length > 0;
  }

  /** Runs a turn, then those that waiting input opens by itself. */
  private async run(request: TurnRequest): Promise<void> {
    await this.runner.run(request);
    await this.goOnWithWaiting(request);
  }

  /**
   * Input is not lost by a turn's end. After a completed turn what steered too late, or the oldest queued message,
   * opens the next one. After a stop or a failure, and while a plan waits for a decision, it stays with the person.
   */
  private async goOnWithWaiting({
    context,
    options,
  }: Pick<TurnRequest, 'context' | 'options'>): Promise<void> {
    const { waiting, events } = this.parts;
    const commentsDue = this.commentsDue && this.hasComments;
    this.commentsDue = false;
    const next =
      waiting.next() ?? (commentsDue ? { kind: 'steer', ids: [], input: nothingSaid } : undefined);
    if (!next || this.closed) return;
    const completed = events.state.turns.at(-1)?.status === 'completed';
    const queuedMayGo = next.kind === 'queue' && !waitingPlan(events.state);
    const nextContext =
      next.kind === 'steer' ? context : queuedMayGo ? options.contextForNextTurn?.() : undefined;
    if (!completed || !nextContext) return waiting.keepForPerson();
    const { review: _, ...nextOptions } = options;
    await this.run({
      input: next.input,
      context: nextContext,
      options: nextOptions,
      taken: next.ids,
    });
  }
}

/** The input of a turn that only comments open. */
const nothingSaid: UserInput = { text: '', attachments: [] };
