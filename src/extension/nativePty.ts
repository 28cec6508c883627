import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as nodePty from 'node-pty';
import { errorMessage } from '../base/errorMessage';

/** The API of the `node-pty` package. */
export type PtyModule = typeof nodePty;

/** Where the native pseudo-terminal module may be, best first. Both folders are absolute. */
export function ptyCandidates(extensionFolder: string, appRoot: string): readonly string[] {
  return [
    // Our own, for exactly this platform; in a checkout the second one.
    join(extensionFolder, 'dist/node_modules/node-pty'),
    join(extensionFolder, 'node_modules/node-pty'),
    // VS Code's own: unpacked beside its archive on the desktop, plain on servers.
    join(appRoot, 'node_modules.asar.unpacked/node-pty'),
    join(appRoot, 'node_modules.asar/node-pty'),
    join(appRoot, 'node_modules/node-pty'),
  ];
}

/**
 * Loads the first candidate that works.
 * @throws Error with a sentence for people where none does; commands cannot run then.
 */
export function loadFirstPty(
  candidates: readonly string[],
  load: (path: string) => unknown = createRequire(__filename),
): PtyModule {
  const failures: string[] = [];
  for (const path of candidates) {
    try {
      const module = load(path) as Partial<PtyModule>;
      if (typeof module.spawn === 'function') return module;
      failures.push(`${path}: no spawn function`);
    } catch (error) {
      failures.push(`${path}: ${errorMessage(error).split('\n')[0]}`);
    }
  }
  throw new Error(
    `Commands cannot run: no pseudo-terminal module works on ${process.platform}-${process.arch}.`,
    { cause: failures },
  );
}
