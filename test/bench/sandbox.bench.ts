import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createBubblewrapSandbox } from '../../src/adapters/sandbox/bubblewrapSandbox';
import type { NetworkAccess, Sandbox } from '../../src/ports/sandbox';
import { makeTempFolder } from '../support/tempFolder';
import { printTable, spread, type Figure } from './figures';

const rounds = 40;
const probes = 10;

/** What the sandbox adds to a command that does nothing, and how long it takes to find out whether it works. */
export async function sandboxFigures(): Promise<Figure[]> {
  const workspace = makeTempFolder({ '.git/config': '', 'src/a.ts': '', 'package.json': '{}' });
  const state = makeTempFolder();
  const probeMs: number[] = [];
  try {
    for (let round = 0; round < probes; round++) {
      const fresh = makeTempFolder();
      const sandbox = createBubblewrapSandbox({ stateFolder: fresh.path });
      const startedAt = performance.now();
      await sandbox.check();
      probeMs.push(performance.now() - startedAt);
      sandbox.dispose();
      fresh.remove();
    }
    const network = { node: process.execPath, holder: resolve('dist/loopbackHolder.js') };
    const sandbox = createBubblewrapSandbox({ stateFolder: state.path, network });
    await sandbox.check();
    if (sandbox.unavailable !== undefined) {
      console.warn(`The sandbox was not measured: ${sandbox.unavailable()}`);
      return [];
    }
    const recallMs: number[] = [];
    const added: number[] = [];
    const addedByNetwork: number[] = [];
    // Interleaved, so that a busy moment of the machine hits both alike.
    for (let round = 0; round < rounds; round++) {
      const startedAt = performance.now();
      await sandbox.check();
      recallMs.push(performance.now() - startedAt);
      const plain = await timeCommand(undefined, workspace.path);
      const confined = await timeCommand(sandbox, workspace.path);
      added.push(confined - plain);
    }
    // Apart: the kernel takes a network down after its command, and whatever starts meanwhile would pay for it.
    for (let round = 0; round < rounds; round++) {
      const confined = await timeCommand(sandbox, workspace.path);
      const networked = await timeCommand(sandbox, workspace.path, { allowedDomains: [] });
      addedByNetwork.push(networked - confined);
    }
    sandbox.dispose();
    return [
      { name: 'sandbox: added to a command', value: spread(added).median, unit: 'ms', limit: 12 },
      { name: 'sandbox: a network adds', value: spread(addedByNetwork).median, unit: 'ms' },
      { name: 'sandbox: first check', value: spread(probeMs).median, unit: 'ms', limit: 100 },
      { name: 'sandbox: later checks', value: spread(recallMs).median, unit: 'ms', limit: 5 },
    ];
  } finally {
    workspace.remove();
    state.remove();
  }
}

async function timeCommand(
  sandbox: Sandbox | undefined,
  root: string,
  network?: NetworkAccess,
): Promise<number> {
  const program = {
    ...{ file: '/bin/bash', args: ['-c', 'true'], cwd: root },
    env: { PATH: process.env.PATH ?? '' },
  };
  const startedAt = performance.now();
  const confinement = { mode: 'workspace-write', root, ...(network && { network }) } as const;
  const start = sandbox && (await sandbox.confine(program, confinement));
  const { file, args, cwd, env } = start ?? program;
  const child = spawn(file, args, { cwd, env, stdio: 'ignore' });
  await once(child, 'exit');
  start?.release();
  return performance.now() - startedAt;
}

if (process.argv[1]?.includes('sandbox')) {
  void sandboxFigures().then((figures) => console.log(printTable(figures)));
}
