import { compactHistory } from '../agent/compactHistory';
import { runTurn } from '../agent/runTurn';
import { errorMessage } from '../base/errorMessage';
import type { UserInput } from '../protocol/input';
import type { TurnContext } from '../protocol/turnContext';
import { closeCompaction, closeUnstoredTurn } from './closeBrokenTurn';
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

/** Starts, interrupts and ends one turn at a time, or one compaction between turns. */
export class TurnRunner {
  private running:
    { readonly abort: AbortController; readonly ended: Promise<unknown> } | undefined;
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
    const { events, waiting, cwd } = this.parts;
    events.requireOwner();
    if (this.running) throw new Error('A turn is already running in this thread.');
    if (events.state.seq === 0) events.emit({ type: 'thread.started', cwd });
    if (events.state.title === '') events.emit({ type: 'thread.renamed', title: titleOf(input) });
    const abort = new AbortController();
    const turn = runTurn(newTurn(this.parts, context, options, abort.signal), input);
    this.running = { abort, ended: turn };
    try {
      waiting.remove(taken);
      await turn;
      await this.makeSafe();
    } catch (error) {
      abort.abort();
      await turn.catch(() => undefined);
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
    if (this.running) throw new Error('A turn is running: the history can be summarised after it.');
    if (!turn) throw new Error('There is nothing to summarise yet.');
    const abort = new AbortController();
    const environment = { ...newTurn(this.parts, context, {}, abort.signal), turnId: turn.id };
    const ended = compactHistory(environment);
    this.running = { abort, ended };
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
  interrupt(): void {
    this.running?.abort.abort();
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
