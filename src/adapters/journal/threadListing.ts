import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredThread } from '../../ports/threadStore';
import { checkHeader, readRecord } from './record';

/** A thread's first two records, its folder and its first title, fit into this. */
const headBytes = 16 * 1024;

/** The stored threads of a folder, newest first. Only the head of each file is read. */
export function listThreads(folder: string): StoredThread[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => readHead(join(folder, name), name.slice(0, -'.jsonl'.length)))
    .filter((thread) => thread !== undefined)
    .sort((a, b) => b.updatedAt - a.updatedAt);
}

/** Undefined for a journal that cannot be read; it is left out of the list and left alone. */
function readHead(path: string, id: string): StoredThread | undefined {
  try {
    const [header = '', ...lines] = readStart(path).split('\n');
    checkHeader(header);
    let cwd = '';
    let title = '';
    for (const event of lines.map(readRecord)) {
      if (event?.type === 'thread.started') cwd = event.cwd;
      if (event?.type === 'thread.renamed') title = event.title;
    }
    return cwd === '' ? undefined : { id, title, cwd, updatedAt: statSync(path).mtimeMs };
  } catch {
    return undefined;
  }
}

function readStart(path: string): string {
  const descriptor = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(headBytes);
    return buffer.toString('utf8', 0, readSync(descriptor, buffer, 0, headBytes, 0));
  } finally {
    closeSync(descriptor);
  }
}
