import type { TempFolder } from './tempFolder';

/**
 * Which calls of a program count: those of `fs` that write journal records, those that put files of the workspace in
 * place, or those that replace a file beside a journal.
 */
export type KillPoint = 'journalWrite' | 'fileStep' | 'replace';

const sources: Readonly<Record<KillPoint, string>> = {
  journalWrite: `
    const fs = require('node:fs');
    const { writeSync } = fs;
    fs.writeSync = (file, bytes, ...rest) => {
      const text = Buffer.isBuffer(bytes) ? bytes.toString('utf8') : '';
      if (/^[0-9a-f]{8} \\{/.test(text)) pass();
      return writeSync(file, bytes, ...rest);
    };`,
  fileStep: `
    const fs = require('node:fs/promises');
    for (const name of ['open', 'rename', 'link', 'rm']) {
      const real = fs[name];
      fs[name] = async (...args) => {
        const ours = args.some((arg) => /[\\\\/]\\.tandem-[^\\\\/]*$/.test(String(arg)));
        if (ours) pass();
        return real(...args);
      };
    }`,
  replace: `
    const fs = require('node:fs');
    const { renameSync } = fs;
    fs.renameSync = (from, to) => {
      if (/[\\\\/]threads[\\\\/][^\\\\/]*$/.test(String(from))) pass();
      return renameSync(from, to);
    };`,
};

/**
 * Environment for a Node program that ends itself with SIGKILL just before its n-th call of a kind (from 1), as if the
 * power went off. The product knows nothing of it.
 */
export function killAt(
  folder: TempFolder,
  point: KillPoint,
  number: number,
): { NODE_OPTIONS: string } {
  const path = folder.write(
    `kill-${point}.cjs`,
    `let calls = 0;
    const pass = () => {
      calls += 1;
      if (calls === ${number}) process.kill(process.pid, 'SIGKILL');
      // The signal is on its way: nothing more may happen.
      if (calls === ${number}) for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    };
    ${sources[point]}`,
  );
  return { NODE_OPTIONS: `--require=${path}` };
}
