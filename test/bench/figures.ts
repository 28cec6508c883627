import type { Agent, RunFigures } from './measureRun';

/** One line of the table: a figure, what it is measured in, and the most it may be where that is promised. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 'MB' | 'KB' | '%' | '/s';
  readonly limit?: number;
}

/** The middle value, and the one that 95 of 100 stay below. */
export function spread(values: readonly number[]): { median: number; p95: number } {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  return { median: at(0.5), p95: at(0.95) };
}

/** The figures of an agent's runs: the best of several starts, since the machine is shared. */
export function agentFigures(
  agent: Agent,
  runs: readonly RunFigures[],
  limits: { readonly startMs?: number; readonly stepMs?: number; readonly peakMb?: number } = {},
): Figure[] {
  const steps = spread(runs.flatMap((run) => run.stepMs));
  const start = spread(runs.map((run) => run.startMs)).median;
  const peak = Math.max(...runs.map((run) => run.peakMb));
  return [
    withLimit(
      { name: `${agent.name}: start to first request`, value: start, unit: 'ms' },
      limits.startMs,
    ),
    withLimit(
      { name: `${agent.name}: step overhead, median`, value: steps.median, unit: 'ms' },
      limits.stepMs,
    ),
    { name: `${agent.name}: step overhead, p95`, value: steps.p95, unit: 'ms' },
    withLimit({ name: `${agent.name}: peak memory`, value: peak, unit: 'MB' }, limits.peakMb),
  ];
}

function withLimit(figure: Figure, limit: number | undefined): Figure {
  return limit === undefined ? figure : { ...figure, limit };
}

/** The figures as an aligned table. */
export function printTable(figures: readonly Figure[]): string {
  const width = Math.max(...figures.map(({ name }) => name.length));
  return figures
    .map(({ name, value, unit, limit }) => {
      const verdict =
        limit === undefined ? '' : value <= limit ? `  within ${limit}` : `  OVER ${limit}`;
      return `${name.padEnd(width)}  ${value.toFixed(1).padStart(8)} ${unit}${verdict}`;
    })
    .join('\n');
}
