import * as nodePty from 'node-pty';
import { createPtyTerminals } from '../../src/adapters/pty/ptyTerminals';
import { createBubblewrapSandbox } from '../../src/adapters/sandbox/bubblewrapSandbox';
import type { Limits } from '../../src/adapters/sandbox/launch';
import { cleanTerminalText } from '../../src/base/terminalText';

/**
 * Runs one confined command as whoever this process is, and prints what came of it as JSON; its argument is an order
 * as JSON. With `copies` it starts so many, says `started`, and stays.
 */
interface Order {
  readonly workspace: string;
  readonly home: string;
  readonly state: string;
  readonly command: string;
  readonly mode: 'workspace-write' | 'read-only';
  readonly copies?: number;
  readonly limits?: Limits;
}

async function main(order: Order): Promise<void> {
  const { workspace, home, state, command, mode, copies, limits } = order;
  const sandbox = createBubblewrapSandbox({
    ...{ stateFolder: state, home },
    ...(limits ? { limits } : {}),
  });
  await sandbox.check();
  const terminals = createPtyTerminals({
    cwd: workspace,
    loadPty: () => nodePty,
    environment: async () => ({ PATH: process.env.PATH ?? '', HOME: home }),
    shell: '/bin/bash',
    sandbox,
  });
  const open = () =>
    terminals.open({
      ...{ command, cwd: workspace, tty: false },
      confinement: { mode, root: workspace },
    });
  if (copies !== undefined) {
    await Promise.all(Array.from({ length: copies }, open));
    process.stdout.write('started\n');
    return void setInterval(() => {}, 1000);
  }
  const terminal = await open();
  const signal = new AbortController().signal;
  const { text, exitCode } = await terminal.take({ yieldMs: 30_000, signal });
  process.stdout.write(JSON.stringify({ text: cleanTerminalText(text).trim(), exitCode }));
  await terminals.killAll();
  sandbox.dispose();
}

void main(JSON.parse(process.argv[2] ?? '') as Order);
