import { runCli } from './cli';

const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => interrupt.abort());
}
// A reader that went away (`tandem exec … | head`) is no reason to crash.
process.stdout.on('error', () => interrupt.abort());

void runCli(
  process.argv.slice(2),
  process.env,
  {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
  },
  interrupt.signal,
).then((code) => {
  process.exitCode = code;
});
