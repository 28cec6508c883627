import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the clone. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const binaries = join(root, 'node_modules', '.bin');

/** The Node.js of the dev dependencies, whatever the machine has; the machine's where there is none. */
export function localNode() {
  const node = join(binaries, process.platform === 'win32' ? 'node.cmd' : 'node');
  return existsSync(node) ? node : process.execPath;
}

/** An environment in which programs of the dev dependencies, Node.js first of all, are found first. */
export function localEnvironment(extra = {}) {
  return { ...process.env, PATH: `${binaries}${delimiter}${process.env.PATH ?? ''}`, ...extra };
}
