import { tandem } from './agents';
import { printTable, spread } from './figures';
import { measureRun } from './measureRun';

/**
 * A long run: what a step costs at its beginning and at its end, and what it costs when every command writes, so that
 * the journal is made safe and the workspace compared. The model takes a moment then, as a real one does.
 */
async function main(): Promise<void> {
  const reading = await measureRun(tandem, { steps: 1000 });
  const writing = await measureRun(tandem, {
    steps: 100,
    thinkMs: 150,
    command: (step) => `echo ${step} > written.txt`,
  });
  const first = spread(reading.stepMs.slice(0, 100)).median;
  const last = spread(reading.stepMs.slice(-100)).median;
  console.log(
    printTable([
      { name: 'step overhead, median of steps 1 to 100', value: first, unit: 'ms', limit: 12 },
      {
        name: 'step overhead, median of steps 901 to 1000',
        value: last,
        unit: 'ms',
        limit: Math.round(first * 1.2 * 10) / 10,
      },
      {
        name: 'step overhead where each command writes, median',
        value: spread(writing.stepMs).median,
        unit: 'ms',
        limit: 12,
      },
      { name: 'peak memory of 1000 steps', value: reading.peakMb, unit: 'MB' },
    ]),
  );
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
