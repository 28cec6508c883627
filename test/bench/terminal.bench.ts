import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import * as nodePty from 'node-pty';
import { createPtyTerminals } from '../../src/adapters/pty/ptyTerminals';
import { noSandbox } from '../../src/adapters/sandbox/noSandbox';
import { reportTerminal } from '../../src/agent/commandReport';
import { countTokens } from '../../src/base/truncateText';
import { makeTempFolder } from '../support/tempFolder';
import { printTable, type Figure } from './figures';

/*
 * A command that prints without end costs time and memory: ours, through the terminal and the report the model gets,
 * beside the same command in a pseudo-terminal whose output a C program throws away.
 */

const outputs = [
  {
    name: '1 GB in lines',
    command: "yes 'forty characters of output in one line' | head -c 1000000000",
  },
  {
    name: '100 MB in lines',
    command: "yes 'forty characters of output in one line' | head -c 100000000",
  },
  { name: '100 MB in one line', command: "head -c 100000000 /dev/zero | tr '\\0' x" },
] as const;

const never = new AbortController().signal;

interface Cost {
  readonly ms: number;
  readonly growthMb: number;
  readonly tokens: number;
}

async function measureOurs(command: string, cwd: string): Promise<Cost> {
  const environment = async () => ({ PATH: process.env.PATH ?? '' });
  const terminals = createPtyTerminals({
    cwd,
    loadPty: () => nodePty,
    environment,
    shell: '/bin/bash',
    sandbox: noSandbox(() => 'not measured here'),
  });
  const before = process.memoryUsage.rss();
  let peak = before;
  const watching = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 50);
  const startedAt = performance.now();
  const terminal = await terminals.open({ command, cwd, tty: false });
  const { modelText } = await reportTerminal(terminal, {
    yieldMs: 300_000,
    maxOutputTokens: 10_000,
    context: { signal: never, showOutput() {} } as never,
  });
  const ms = performance.now() - startedAt;
  clearInterval(watching);
  await terminals.killAll();
  return { ms, growthMb: (peak - before) / 1024 / 1024, tokens: countTokens(modelText) };
}

/** `script` runs a command in a pseudo-terminal and copies what it prints. */
function measurePlain(command: string, cwd: string): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(
    'script',
    ['-qec', `bash -c '${command.replaceAll("'", `'\\''`)}'`, '/dev/null'],
    {
      cwd,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', () => resolve(performance.now() - startedAt));
  });
}

async function main(): Promise<void> {
  const folder = makeTempFolder();
  const figures: Figure[] = [];
  try {
    await measureOurs('true', folder.path);
    for (const { name, command } of outputs) {
      const plain = await measurePlain(command, folder.path);
      const ours = await measureOurs(command, folder.path);
      figures.push(
        { name: `${name}: bash in a pty`, value: plain, unit: 'ms' },
        { name: `${name}: ours`, value: ours.ms, unit: 'ms', limit: Math.round(2 * plain) },
        { name: `${name}: growth`, value: ours.growthMb, unit: 'MB', limit: 64 },
      );
      console.log(
        `${name}: ${(ours.ms / plain).toFixed(2)} times plain bash; the model gets ${ours.tokens} tokens`,
      );
    }
  } finally {
    folder.remove();
  }
  console.log(printTable(figures));
  mkdirSync('out', { recursive: true });
  writeFileSync(
    'out/bench-terminal.json',
    `${JSON.stringify({ node: process.version, figures }, null, 2)}\n`,
  );
}

void main();
