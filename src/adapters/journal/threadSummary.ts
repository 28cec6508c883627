import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { ThreadEvent } from '../../protocol/events';

/** What a list of threads shows, kept in a small file beside the journal. It can be made anew from the journal. */
export interface ThreadSummaryFile {
  readonly title: string;
  readonly cwd: string;
  readonly archived: boolean;
}

export const emptySummary: ThreadSummaryFile = { title: '', cwd: '', archived: false };

/** The summary after more events; the same object where they say nothing about it. */
export function summarize(
  summary: ThreadSummaryFile,
  events: readonly ThreadEvent[],
): ThreadSummaryFile {
  let result = summary;
  for (const event of events) {
    if (event.type === 'thread.started') result = { ...result, cwd: event.cwd };
    if (event.type === 'thread.renamed') result = { ...result, title: event.title };
    if (event.type === 'thread.archived') result = { ...result, archived: event.archived };
  }
  return result;
}

/** Undefined where there is none that can be read. */
export function readSummary(path: string): ThreadSummaryFile | undefined {
  try {
    const value = JSON.parse(readFileSync(path, 'utf8')) as Partial<ThreadSummaryFile> | null;
    const { title, cwd, archived = false } = value ?? {};
    if (typeof title !== 'string' || typeof cwd !== 'string') return undefined;
    return { title, cwd, archived: archived === true };
  } catch {
    return undefined;
  }
}

/** Replaces the file in one step. A failure costs nothing: the next list reads the journal instead. */
export function writeSummary(path: string, summary: ThreadSummaryFile): void {
  const temporary = `${path}.${randomUUID()}`;
  try {
    writeFileSync(temporary, JSON.stringify(summary), { mode: 0o600, flag: 'wx' });
    renameSync(temporary, path);
  } catch {
    rmSync(temporary, { force: true });
    rmSync(path, { force: true });
  }
}
