import { spawn } from 'node:child_process';
import { setInterval } from 'node:timers';
import { localEnvironment, localNode, root } from './repository.mjs';

/**
 * Runs a program in the clone with the dev dependencies on its PATH.
 * `quiet` keeps what it prints instead of passing it on; after `limitMs` it is ended. Never throws: a program that cannot start has code 127.
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, args, { quiet = false, env = {}, cwd = root, limitMs } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: localEnvironment(env),
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
      timeout: limitMs,
    });
    let output = '';
    const keep = (chunk) => {
      output += chunk;
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.once('error', (error) => resolve({ code: 127, output: `${output}${error.message}` }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Runs a script of this folder under the Node.js of the dev dependencies and ends as it ends. */
export async function continueWith(script, args) {
  const child = spawn(
    localNode(),
    // Node runs the TypeScript of test/support as it is; how it guesses the module kind needs no warning.
    ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', script, ...args],
    {
      cwd: root,
      env: localEnvironment({ TANDEM_CALLED_FROM: process.cwd() }),
      stdio: 'inherit',
      shell: process.platform === 'win32',
    },
  );
  // Ctrl-C reaches the whole group; the child decides when it is done.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  // npm's shell between npm and this process passes no signal on; that it is gone is all there is to see.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM');
  }, 1000).unref();
  process.exitCode = await new Promise((resolve) => {
    child.once('error', () => resolve(127));
    child.once('close', (code) => resolve(code ?? 1));
  });
}
