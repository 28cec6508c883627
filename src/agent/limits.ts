import * as l10n from '@vscode/l10n';
import { formatNumber } from '../base/language';
import type { Clock } from '../ports/clock';
import type { ThreadEventBody } from '../protocol/events';
import { addUsage, noUsage, type TurnLimits, type Usage } from '../protocol/usage';

/** Timers end at once where they are to wait longer; no turn lasts 24 days. */
const longestWaitMs = 2 ** 31 - 1;

/** What counts against the limits of a turn; `ms` is how long it ran, `cost` is in US dollars. */
export interface Spending {
  readonly usage: Usage;
  readonly cost: number;
  readonly commands: number;
  readonly ms: number;
}

const noSpending: Spending = { usage: noUsage, cost: 0, commands: 0, ms: 0 };

/**
 * What a turn has used so far, and whether it reached what the person allows. It follows the turn's own events, so
 * whatever asks the model counts, and nothing a model or a tool does can raise a limit.
 */
export class TurnMeter {
  private spent: Usage;
  private cost: number;
  private commands: number;
  private commandRefused = false;
  /** The step that runs, from 1; undefined before the first. */
  step: number | undefined;
  private readonly startedAt: number;
  private readonly timeUp = new AbortController();
  private readonly ended = new AbortController();

  /** Aborts when the person stops the turn, or when its time is up: also what waits ends then. */
  readonly signal: AbortSignal;

  /**
   * @param person aborts when the person stops the turn.
   * @param before what the turn had used when its host ended; nothing for a new turn.
   */
  constructor(
    private readonly limits: TurnLimits,
    private readonly clock: Clock,
    private readonly person: AbortSignal,
    before: Spending = noSpending,
  ) {
    this.startedAt = clock.monotonic() - before.ms;
    this.spent = before.usage;
    this.cost = before.cost;
    this.commands = before.commands;
    this.signal = AbortSignal.any([person, this.timeUp.signal]);
    if (limits.minutes !== undefined) void this.watchTime(limits.minutes * 60_000 - before.ms);
  }

  /** Sum of all answers of the turn. */
  get usage(): Usage {
    return this.spent;
  }

  observe(event: ThreadEventBody): void {
    if (event.type === 'step.started') this.step = event.step;
    if (event.type !== 'step.completed') return;
    this.spent = addUsage(this.spent, event.usage);
    this.cost += event.cost ?? 0;
  }

  /** Counts a command that is about to run. False where it may not: the turn then ends. */
  takeCommand(): boolean {
    if (this.commands >= (this.limits.commands ?? Infinity)) this.commandRefused = true;
    else this.commands += 1;
    return !this.commandRefused;
  }

  /** Which limit ends the turn, as a sentence for people; undefined while none does, or where the person was first. */
  reached(): string | undefined {
    if (this.person.aborted) return undefined;
    const { tokens, cost, minutes, commands } = this.limits;
    if (minutes !== undefined && this.isTimeUp(minutes)) {
      return minutes === 1
        ? l10n.t('The turn reached your limit of 1 minute. The setting is limits.minutes.')
        : l10n.t(
            'The turn reached your limit of {0} minutes. The setting is limits.minutes.',
            formatNumber(minutes),
          );
    }
    if (tokens !== undefined && this.spent.inputTokens + this.spent.outputTokens >= tokens) {
      return tokens === 1
        ? l10n.t('The turn reached your limit of 1 token. The setting is limits.tokens.')
        : l10n.t(
            'The turn reached your limit of {0} tokens. The setting is limits.tokens.',
            formatNumber(tokens),
          );
    }
    if (cost !== undefined && this.cost >= cost) {
      return l10n.t(
        'The turn reached your limit of ${0} (estimated). The setting is limits.cost.',
        cost,
      );
    }
    if (commands !== undefined && this.commandRefused) {
      return commands === 1
        ? l10n.t('The turn reached your limit of 1 command. The setting is limits.commands.')
        : l10n.t(
            'The turn reached your limit of {0} commands. The setting is limits.commands.',
            formatNumber(commands),
          );
    }
    return undefined;
  }

  dispose(): void {
    this.ended.abort();
  }

  private async watchTime(limitMs: number): Promise<void> {
    await this.clock.wait(Math.max(0, Math.min(limitMs, longestWaitMs)), this.ended.signal);
    if (!this.ended.signal.aborted) this.timeUp.abort();
  }

  private isTimeUp(minutes: number): boolean {
    return (
      this.timeUp.signal.aborted || this.clock.monotonic() - this.startedAt >= minutes * 60_000
    );
  }
}
