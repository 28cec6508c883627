import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

/** A real folder for one test, with a state folder beside it. */
export interface TestFolder {
  readonly root: string;
  readonly stateFolder: string;
  write(path: string, content: string | Uint8Array): void;
  /** The bytes as a string of one character per byte; undefined where there is no file. */
  read(path: string): string | undefined;
  /** Runs a command in the folder as the person would. */
  sh(command: string): string;
  dispose(): void;
}

export function makeFolder(): TestFolder {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'tandem-changes-')));
  const root = join(base, 'work space');
  mkdirSync(root);
  return {
    root,
    stateFolder: join(base, 'state'),
    write(path, content) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    },
    read(path) {
      try {
        return readFileSync(join(root, path), 'latin1');
      } catch {
        return undefined;
      }
    },
    sh: (command) =>
      execFileSync('bash', ['-c', command], {
        cwd: root,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          GIT_CONFIG_GLOBAL: '/dev/null',
          GIT_AUTHOR_NAME: 'a',
          GIT_AUTHOR_EMAIL: 'a@example.org',
          GIT_COMMITTER_NAME: 'a',
          GIT_COMMITTER_EMAIL: 'a@example.org',
        },
      }),
    dispose: () => rmSync(base, { recursive: true, force: true }),
  };
}

/** Every file below a folder with its exact bytes. */
export function fingerprint(folder: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) files[relative(folder, path)] = readFileSync(path).toString('base64');
    if (entry.isSymbolicLink()) files[relative(folder, path)] = readlinkSync(path);
  }
  return files;
}

export const silentLog = { info() {}, warn() {}, error() {} };
