import { runCli } from './cli';

/** Runs the program with what this process was given; ends it with its exit code. */
export async function run(): Promise<void> {
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => interrupt.abort());
  }
  // A reader that went away (`tandem exec … | head`) is no reason to crash.
  process.stdout.on('error', () => interrupt.abort());
  process.exitCode = await runCli(
    process.argv.slice(2),
    process.env,
    {
      out: (text) => void process.stdout.write(text),
      err: (text) => void process.stderr.write(text),
    },
    interrupt.signal,
  );
}
