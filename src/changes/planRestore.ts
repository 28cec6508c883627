import type { FileWrite, RestoreFile, WriteRecord } from '../protocol/checkpoints';
import type { ContentId } from '../protocol/ids';
import { sameBytes, type Content } from './content';
import { mergeContents } from './mergeText';
import { summarizeChange } from './summarizeChange';

/** Reads a stored content; null stands for an absent file. @throws Error where it is no longer kept. */
export type ReadContent = (id: ContentId | null) => Promise<Content>;

/** What a restore makes of one file. */
export interface PlannedFile {
  readonly path: string;
  readonly live: Content;
  /** What the file becomes; `live` where it is left alone. */
  readonly result: Content;
  /** Exactly what the checkpoint holds; undefined where it is no longer kept. */
  readonly checkpoint: Content | undefined;
  readonly outcome: RestoreFile['outcome'];
}

/** The writes of a thread per file, oldest first. */
export function writesByPath(records: readonly WriteRecord[]): Map<string, readonly FileWrite[]> {
  const byPath = new Map<string, FileWrite[]>();
  for (const { files } of records) {
    for (const write of files) {
      const known = byPath.get(write.path);
      if (known) known.push(write);
      else byPath.set(write.path, [write]);
    }
  }
  return byPath;
}

/**
 * Takes the writes of one file back, the newest first. Each is a three-way merge, so what the person changed after
 * and between them stays.
 */
export async function planRestoredFile(
  path: string,
  writes: readonly FileWrite[],
  live: Content,
  read: ReadContent,
): Promise<PlannedFile> {
  let checkpoint: Content | undefined;
  try {
    checkpoint = await read(writes[0]?.before ?? null);
    let result = live;
    for (const { before, after } of joined(writes).reverse()) {
      const merged = mergeContents(await read(after), result, await read(before));
      if (!merged) return { path, live, result: live, checkpoint, outcome: 'conflict' };
      result = merged.content;
    }
    const outcome = sameBytes(result, checkpoint) ? 'restored' : 'merged';
    return { path, live, result, checkpoint, outcome };
  } catch {
    return {
      path,
      live,
      result: live,
      checkpoint,
      outcome: checkpoint === undefined ? 'lost' : 'conflict',
    };
  }
}

/** The checkpoint's content put in the place of the person's, where they chose that. */
export function takeCheckpoint(file: PlannedFile): PlannedFile {
  if (file.checkpoint === undefined) return file;
  return { ...file, result: file.checkpoint, outcome: 'restored' };
}

/** The plan for one file in words for the person; undefined where nothing happens to it. */
export function previewOf(file: PlannedFile): RestoreFile | undefined {
  const { path, live, outcome } = file;
  if (outcome === 'lost') return { path, kind: 'update', outcome, added: 0, removed: 0 };
  const becomes = outcome === 'conflict' ? (file.checkpoint ?? null) : file.result;
  if (sameBytes(live, becomes)) return undefined;
  const { kind, added, removed } = summarizeChange(path, live, becomes);
  return { path, kind, outcome, added, removed };
}

/** Writes in a row between which nobody else wrote, as one. */
function joined(writes: readonly FileWrite[]): FileWrite[] {
  const result: FileWrite[] = [];
  for (const write of writes) {
    const last = result.at(-1);
    if (last?.after === write.before && last !== undefined) {
      result[result.length - 1] = { ...last, after: write.after };
    } else result.push(write);
  }
  return result;
}
