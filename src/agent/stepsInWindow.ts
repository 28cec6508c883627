import { buildModelInput } from './buildModelInput';
import { compactHistory, isOverflow } from './compactHistory';
import { runStep, type StepAnswer } from './runStep';
import type { TurnEnvironment } from './turnEnvironment';

/** Share of the context window from which the history is summarised before the next request. */
const fullShare = 0.9;
/** Share of the context window that must have come in before the next attempt to make room. */
const breathingShare = 0.02;

/** Runs the steps of one turn and keeps its history within what the model can read. */
export class StepsInWindow {
  private fullAt: number;
  private overflowed = false;

  constructor(private readonly turn: TurnEnvironment) {
    this.fullAt = turn.profile.contextWindow * fullShare;
  }

  /** One step, with room made for it. Undefined where the turn was stopped meanwhile. @throws ModelError */
  async run(step: number): Promise<StepAnswer | undefined> {
    const { turn } = this;
    if (turn.contextSize.tokens >= this.fullAt) await this.makeRoom(false);
    if (turn.signal.aborted) return undefined;
    turn.emit({ type: 'step.started', turnId: turn.turnId, step });
    try {
      return await runStep(turn, buildModelInput(turn));
    } catch (error) {
      // Once in a turn: what is too long twice does not get shorter.
      if (!isOverflow(error) || this.overflowed) throw error;
      this.overflowed = true;
      const madeRoom = await this.makeRoom(true);
      if (turn.signal.aborted) return undefined;
      if (!madeRoom) throw error;
      return await runStep(turn, buildModelInput(turn));
    }
  }

  /** Where it fails, or frees little, the next attempt waits until more came in: no summary after summary. */
  private async makeRoom(tooLong: boolean): Promise<boolean> {
    const { turn } = this;
    const { contextWindow } = turn.profile;
    const compacted = await compactHistory(turn, { tooLong });
    this.fullAt = Math.max(
      contextWindow * fullShare,
      turn.contextSize.tokens + contextWindow * breathingShare,
    );
    return compacted;
  }
}
