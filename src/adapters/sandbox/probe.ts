import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ConfinedStart, ProgramStart } from '../../ports/sandbox';
import type { SandboxShape } from './bubblewrapArguments';
import { machineMounts } from './machineMounts';
import type { Mount } from './mounts';

const patienceMs = 5_000;

/** What came of trying the sandbox out. */
export type ProbeResult =
  | { readonly works: true }
  /** What the sandbox let through, or what it printed when it could not start. */
  | { readonly works: false; readonly complaint: string };

/** Where a probe runs: a workspace to write in, and a place beside it that must stay as it is. */
export interface ProbePlaces {
  readonly workspace: string;
  readonly outside: string;
  readonly mounts: readonly Mount[];
}

/** Makes the folders of a probe anew in this one. */
export function makeProbePlaces(folder: string): ProbePlaces {
  const workspace = join(folder, 'workspace');
  const outside = join(folder, 'outside');
  const guarded = join(workspace, '.git');
  for (const path of [workspace, outside]) rmSync(path, { recursive: true, force: true });
  for (const path of [guarded, outside]) mkdirSync(path, { recursive: true, mode: 0o700 });
  return {
    workspace,
    outside,
    mounts: [
      { kind: 'write', path: workspace },
      { kind: 'read', path: guarded },
    ],
  };
}

/**
 * Prints what the sandbox let through, one word each, then `done`. Mostly the shell's own means, since each program
 * started costs a millisecond. `$1` is the place outside; the working folder is the workspace.
 */
const probeScript = `
( : >"$1/written" ) 2>/dev/null && echo write
( : >>/proc/sys/kernel/core_pattern ) 2>/dev/null && echo kernel
( : >.git/written ) 2>/dev/null && echo protected
( : >written ) 2>/dev/null || echo workspace
while read -r name value; do
  case $name in
    CapEff:|CapPrm:) [ "$value" = 0000000000000000 ] || echo capabilities ;;
    NoNewPrivs:) [ "$value" = 1 ] || echo privileges ;;
    Seccomp:) [ "$value" = 2 ] || echo filter ;;
  esac
done </proc/self/status
while read -r name rest; do
  case $name in Inter-*|face*|lo:*) ;; *) echo network ;; esac
done </proc/net/dev
[ -x /bin/bash ] && /bin/bash -c ': <>/dev/tcp/192.0.2.1/9' 2>/dev/null && echo connect
echo done`;

/** The program of a probe. */
export function probeProgram({ workspace, outside }: ProbePlaces): ProgramStart {
  const args = ['-c', probeScript, 'sh', outside];
  return { file: '/bin/sh', args, cwd: workspace, env: {} };
}

/** The sandbox of a probe. */
export function probeShape(
  { workspace, mounts }: ProbePlaces,
  network: SandboxShape['network'],
): SandboxShape {
  return {
    mounts: [...machineMounts, ...mounts],
    env: {},
    cwd: workspace,
    network,
  };
}

/** Runs the script behind the real launcher and reads what it says. */
export function runProbe(start: ConfinedStart, { outside }: ProbePlaces): Promise<ProbeResult> {
  return new Promise((resolve) => {
    const options = { cwd: start.cwd, env: { ...start.env }, timeout: patienceMs };
    const child = execFile(start.file, [...start.args], options, (error, stdout, stderr) => {
      const words = stdout.split('\n').filter((word) => word !== '');
      if (words.pop() !== 'done') {
        const how = stderr.trim() || error?.message || 'it printed nothing';
        return resolve({ works: false, complaint: how });
      }
      if (existsSync(join(outside, 'written'))) words.push('write');
      if (words.length === 0) return resolve({ works: true });
      resolve({ works: false, complaint: `it did not hold: ${[...new Set(words)].join(', ')}` });
    });
    child.stdin?.end();
  });
}
