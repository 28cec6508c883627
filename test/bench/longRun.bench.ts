import { tandem } from './agents';
import { printTable, spread, type Figure } from './figures';
import { measureRun, type RunFigures } from './measureRun';
import type { StepJob } from './stepServer';

/** Runs of each kind, one kind after the other, so that a busy moment of the machine hits both. */
const rounds = Number(process.env.TANDEM_BENCH_ROUNDS ?? 3);
const steps = Number(process.env.TANDEM_BENCH_STEPS ?? 1000);
/** Steps whose middle value stands for the beginning or the end of a run. */
const windowSteps = 100;
const stepLimitMs = 12;
const growthLimit = 20;

const reading: StepJob = { steps };
/** Each command writes, so the journal is made safe before it and the workspace compared after it. */
const writing: StepJob = {
  steps,
  thinkMs: 150,
  command: (step) => `echo ${step} > written.txt`,
};

/**
 * A long run: what a step costs, and how much more at the end of a run than at its beginning. Growth is judged within
 * each run and in CPU time beside wall time, and the middle of several runs counts: another program that takes the
 * machine for a while changes the wall time of one run only.
 */
async function main(): Promise<void> {
  const runs = { reading: [] as RunFigures[], writing: [] as RunFigures[] };
  for (let round = 0; round < rounds; round++) {
    runs.reading.push(await measureRun(tandem, reading));
    runs.writing.push(await measureRun(tandem, writing));
  }
  console.log(
    printTable([
      ...stepFigures('reads', runs.reading),
      ...stepFigures('writes', runs.writing),
      {
        name: `peak memory of ${steps} steps`,
        value: Math.max(...runs.writing.map(({ peakMb }) => peakMb)),
        unit: 'MB',
      },
    ]),
  );
}

function stepFigures(kind: string, runs: readonly RunFigures[]): Figure[] {
  const name = `step that ${kind}`;
  const first = runs.map(({ stepMs }) => spread(stepMs.slice(0, windowSteps)).median);
  const last = runs.map(({ stepMs }) => spread(stepMs.slice(-windowSteps)).median);
  const firstCpu = runs.map(({ cpuMs }) => perStep(cpuMs.slice(0, windowSteps + 1)));
  const lastCpu = runs.map(({ cpuMs }) => perStep(cpuMs.slice(-windowSteps - 1)));
  const all = spread(runs.flatMap(({ stepMs }) => stepMs)).median;
  return [
    { name: `${name}: median of all`, value: all, unit: 'ms', limit: stepLimitMs },
    { name: `${name}: first ${windowSteps}`, value: middle(first), unit: 'ms' },
    { name: `${name}: last ${windowSteps}`, value: middle(last), unit: 'ms' },
    { name: `${name}: growth`, value: growth(first, last), unit: '%', limit: growthLimit },
    { name: `${name}: CPU, first ${windowSteps}`, value: middle(firstCpu), unit: 'ms' },
    { name: `${name}: CPU, last ${windowSteps}`, value: middle(lastCpu), unit: 'ms' },
    {
      name: `${name}: growth in CPU`,
      value: growth(firstCpu, lastCpu),
      unit: '%',
      limit: growthLimit,
    },
  ];
}

function middle(values: readonly number[]): number {
  return spread(values).median;
}

function perStep(cpuMs: readonly number[]): number {
  return ((cpuMs.at(-1) ?? NaN) - (cpuMs[0] ?? NaN)) / (cpuMs.length - 1);
}

/** Percent by which the end of a run costs more than its beginning, in the middle of the runs. */
function growth(first: readonly number[], last: readonly number[]): number {
  return middle(first.map((value, run) => ((last[run] ?? NaN) / value - 1) * 100));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
