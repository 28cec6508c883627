import * as l10n from '@vscode/l10n';
import { compactHistory } from '../agent/compactHistory';
import { HostClosedError, resumeTurn, runTurn } from '../agent/runTurn';
import { runReviewTurn } from '../agent/review/reviewTurn';
import type { TurnEnvironment } from '../agent/turnEnvironment';
import { defer, type Deferred } from '../base/deferred';
import { errorMessage } from '../base/errorMessage';
import type { UserInput } from '../protocol/input';
import type { TurnContext } from '../protocol/turnContext';
import { closeCompaction, closeUnstoredTurn } from './closeBrokenTurn';
import type { OpenTurn } from './findWaitingTurn';
import { newTurn, type TurnOptions } from './newTurn';
import type { ThreadParts } from './threadParts';
import { titleOf } from './titler';

/** One turn to run. */
export interface TurnRequest {
  readonly input: UserInput;
  readonly context: TurnContext;
  readonly options: TurnOptions;
  /** The waiting input that `input` says, by id. */
  readonly taken: readonly string[];
}

interface Running {
  readonly abort: AbortController;
  readonly turn: TurnEnvironment;
  readonly ended: Promise<unknown>;
  /** Resolves where it is let go of as it is. */
  readonly left: Deferred<void>;
}

/** Starts, interrupts and ends one turn at a time, or one compaction between turns. */
export class TurnRunner {
  private running: Running | undefined;
  private compacting: Promise<boolean> | undefined;

  constructor(private readonly parts: ThreadParts) {}

  /** True while a turn or a compaction runs. */
  get busy(): boolean {
    return this.running !== undefined;
  }

  /** Settles when the compaction that runs between turns has ended; undefined where none runs. */
  get compaction(): Promise<boolean> | undefined {
    return this.compacting;
  }

  /** Runs a turn; resolves when it has ended, however it ended. @throws Error where one runs, or none could begin. */
  async run({ input, context, options, taken }: TurnRequest): Promise<void> {
    const { events, cwd } = this.parts;
    events.requireOwner();
    if (this.running) throw new Error(l10n.t('A turn is already running in this thread.'));
    if (events.state.seq === 0) events.emit({ type: 'thread.started', cwd });
    if (events.state.title === '') events.emit({ type: 'thread.renamed', title: titleOf(input) });
    const abort = new AbortController();
    const turn = newTurn(this.parts, context, options, abort.signal);
    const { review } = options;
    const ended = review ? runReviewTurn(turn, input, review) : runTurn(turn, input);
    await this.untilEnded({ abort, turn, ended }, taken);
  }

  /** Goes on with a turn that waits for the person, with the settings it began with; resolves as `run` does. */
  async resume(open: OpenTurn): Promise<void> {
    const abort = new AbortController();
    const turn = newTurn(this.parts, open.turn.context, {}, abort.signal, open);
    await this.untilEnded({ abort, turn, ended: resumeTurn(turn, open) }, []);
  }

  private async untilEnded(work: Omit<Running, 'left'>, taken: readonly string[]): Promise<void> {
    const running = { ...work, left: defer<void>() };
    this.running = running;
    try {
      this.parts.waiting.remove(taken);
      await Promise.race([running.ended, running.left.promise]);
      await this.makeSafe();
    } catch (error) {
      running.abort.abort();
      await running.ended.catch(() => undefined);
      this.endUnstored(error);
    } finally {
      this.running = undefined;
    }
  }

  /** See `Thread.compact`. */
  async compact(context: TurnContext): Promise<void> {
    const { events } = this.parts;
    events.requireOwner();
    const turn = events.state.turns.at(-1);
    if (this.running) {
      throw new Error(l10n.t('A turn is running: the history can be summarised after it.'));
    }
    if (!turn) throw new Error(l10n.t('There is nothing to summarise yet.'));
    const abort = new AbortController();
    const environment = { ...newTurn(this.parts, context, {}, abort.signal), turnId: turn.id };
    const ended = compactHistory(environment);
    this.running = { abort, turn: environment, ended, left: defer() };
    this.compacting = ended.catch(() => false);
    try {
      await ended;
    } catch (error) {
      for (const body of closeCompaction(events.state)) events.hold(body);
      throw error;
    } finally {
      environment.meter.dispose();
      this.running = undefined;
      this.compacting = undefined;
    }
  }

  /** Stops what runs; nothing happens where nothing runs. */
  interrupt(by: 'person' | 'host' = 'person'): void {
    this.running?.abort.abort(by === 'host' ? new HostClosedError() : undefined);
  }

  /** Lets go of a turn that waits for the person, as it is: it goes on where the thread is opened again. */
  leave(): void {
    this.running?.turn.meter.dispose();
    this.running?.left.resolve();
    this.running = undefined;
  }

  /** Resolves when what runs has ended, however it ended. */
  async ended(): Promise<void> {
    await this.running?.ended.catch(() => undefined);
  }

  /** What a turn ended with outlives a power cut; where it may not, the person is told. */
  private async makeSafe(): Promise<void> {
    const { events } = this.parts;
    try {
      await events.sync();
    } catch (error) {
      events.emit({ type: 'notice.raised', level: 'warning', text: errorMessage(error) });
    }
  }

  /**
   * Only a journal that takes nothing more gets here: the failure cannot even be written down, so it is told alone.
   * @throws the error where no turn began.
   */
  private endUnstored(error: unknown): void {
    const { events, ports } = this.parts;
    ports.log.error(`The turn could not be recorded: ${errorMessage(error)}`);
    const bodies = closeUnstoredTurn(events.state, events.history, errorMessage(error));
    if (bodies.length === 0) throw error;
    for (const body of bodies) events.hold(body);
  }
}
