import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A real folder for one test. */
export interface TempFolder {
  /** Absolute, links resolved. */
  readonly path: string;
  /** Absolute path of something in it. */
  at(...segments: string[]): string;
  /** Writes a file and the folders above it; answers its absolute path. */
  write(path: string, content: string | Uint8Array): string;
  remove(): void;
}

/** Makes an empty folder, with `files` (relative path to content) in it. */
export function makeTempFolder(
  files: Readonly<Record<string, string | Uint8Array>> = {},
): TempFolder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'tandem-test-')));
  const folder: TempFolder = {
    path,
    at: (...segments) => join(path, ...segments),
    write(relative, content) {
      const absolute = join(path, relative);
      mkdirSync(dirname(absolute), { recursive: true });
      writeFileSync(absolute, content);
      return absolute;
    },
    remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 3 }),
  };
  for (const [name, content] of Object.entries(files)) folder.write(name, content);
  return folder;
}

/** A folder that appears before each test of the suite and is removed after it. */
export function useTempFolder(files: Readonly<Record<string, string | Uint8Array>> = {}) {
  const current: { folder: TempFolder | undefined } = { folder: undefined };
  beforeEach(() => {
    current.folder = makeTempFolder(files);
  });
  afterEach(() => {
    current.folder?.remove();
    current.folder = undefined;
  });
  return (): TempFolder => {
    if (!current.folder) throw new Error('The folder exists only while a test runs.');
    return current.folder;
  };
}
