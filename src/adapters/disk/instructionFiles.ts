import { constants } from 'node:fs';
import { open, realpath, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { InstructionFile, InstructionFiles } from '../../ports/instructionFiles';

/** In each folder the first of these that is a file counts. */
const names = ['AGENTS.override.md', 'AGENTS.md'];
const maxBytes = 32 * 1024;

/**
 * Reads AGENTS.md from the repository's root (the nearest folder above that holds `.git`, else the folder itself) down
 * to the folder. @param isTrusted asked for each turn: nothing of an untrusted folder is read.
 */
export function createInstructionFiles(isTrusted: () => boolean): InstructionFiles {
  return {
    async read(cwd) {
      if (!isTrusted()) return [];
      const folders = await foldersFromRoot(cwd);
      const root = await realpath(folders[0] ?? cwd).catch(() => cwd);
      const found = await Promise.all(folders.map((folder) => readFirst(folder, root)));
      return limited(found.filter((file) => file !== undefined));
    },
  };
}

async function foldersFromRoot(cwd: string): Promise<string[]> {
  const folders = [cwd];
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (await exists(join(folder, '.git'))) break;
    if (dirname(folder) === folder) return [cwd];
    folders.unshift(dirname(folder));
  }
  return folders.filter((folder) => !folder.split(sep).includes('node_modules'));
}

/** A link that leads out of the root is passed over: what stands there is not the project's word. */
async function readFirst(folder: string, root: string): Promise<InstructionFile | undefined> {
  for (const name of names) {
    try {
      const path = await realpath(join(folder, name));
      if (path.startsWith(root + sep) && (await stat(path)).isFile()) {
        return { folder, text: await readStart(path) };
      }
    } catch {
      // Not there, or not readable: the next name counts.
    }
  }
  return undefined;
}

/** One byte more than is kept, so that it shows that something was cut. */
async function readStart(path: string): Promise<string> {
  // Without waiting for the other end of a pipe that was put there a moment ago.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(maxBytes + 1) });
    return buffer.toString('utf8', 0, bytesRead).replace(/^\ufeff/, '');
  } finally {
    await file.close();
  }
}

/** Outermost first; what does not fit into the budget is cut, and says so. */
function limited(files: readonly InstructionFile[]): InstructionFile[] {
  let left = maxBytes;
  const kept: InstructionFile[] = [];
  for (const file of files) {
    if (left <= 0) break;
    const bytes = Buffer.from(file.text);
    const text =
      bytes.length <= left
        ? file.text
        : `${bytes
            .subarray(0, left)
            .toString('utf8')
            .replace(
              /\ufffd+$/,
              '',
            )}\n\n(cut here: project instructions are limited to 32 KiB in all)`;
    left -= bytes.length;
    if (file.text.trim() !== '') kept.push({ folder: file.folder, text });
  }
  return kept;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
