import { writeFileSync } from 'node:fs';
import Module from 'node:module';
import * as vscode from 'vscode';

/** What activation took, in milliseconds. */
export interface ActivationFigures {
  /** Reading and running our bundle, and our `activate`: what is ours to keep small. */
  readonly ownMs: number;
  /** From the call to its answer, with VS Code's own work between its processes. */
  readonly wholeMs: number;
  /** The same for a tiny extension that VS Code brings along. */
  readonly tinyMs: number;
}

type Load = (request: string, ...rest: unknown[]) => unknown;

/** Runs in the extension host: activates Tandem, measures it, and writes `ActivationFigures` as JSON. */
export async function run(): Promise<void> {
  const tandem = vscode.extensions.all.find(({ id }) => id.endsWith('.tandem'));
  const tiny = vscode.extensions.getExtension('vscode.merge-conflict');
  if (!tandem || !tiny) throw new Error('An extension is not there.');
  if (tandem.isActive) throw new Error('Tandem was active before anyone asked for it.');
  const tinyMs = await timed(() => tiny.activate());
  const own = measureOwnWork();
  const wholeMs = await timed(() => tandem.activate());
  const figures: ActivationFigures = { ownMs: own.ms, wholeMs, tinyMs };
  writeFileSync(process.env['TANDEM_PROBE_FILE'] ?? '', JSON.stringify(figures));
}

/** Adds up the loading of our bundle and the call of its `activate`. */
function measureOwnWork(): { ms: number } {
  const own = { ms: 0 };
  const modules = Module as unknown as { _load: Load };
  const load = modules._load;
  modules._load = function (this: unknown, request, ...rest) {
    const startedAt = performance.now();
    const loaded = load.call(this, request, ...rest);
    if (!request.endsWith('/dist/extension.js')) return loaded;
    own.ms += performance.now() - startedAt;
    const { activate } = loaded as { activate: (context: unknown) => unknown };
    return {
      ...(loaded as object),
      activate(context: unknown) {
        const calledAt = performance.now();
        const answer = activate(context);
        own.ms += performance.now() - calledAt;
        return answer;
      },
    };
  };
  return own;
}

async function timed(act: () => Thenable<unknown>): Promise<number> {
  const startedAt = performance.now();
  await act();
  return performance.now() - startedAt;
}
