import { sameBytes, type Content } from '../changes/content';
import type { PlannedFile } from '../changes/planRestore';
import type { FileEdit } from '../ports/workspaceFiles';
import type { ChangedFile } from '../protocol/changes';
import type { PendingBefore, RestoreRecord, WriteRecord } from '../protocol/checkpoints';
import type { ThreadEventBody } from '../protocol/events';
import type { ContentId } from '../protocol/ids';

/** A restore, or its undo, that is worked out but not written yet. */
export interface RestoreWrites {
  readonly edits: readonly FileEdit[];
  /** How each file stands afterwards: its content, and what of it waits for review. */
  readonly files: readonly {
    readonly path: string;
    readonly content: Content;
    /** What it would be without the person's edits that were kept; these never wait for review. */
    readonly unmerged?: Content;
    readonly pending?: Pick<ChangedFile, 'baseline' | 'executable' | 'origins'>;
  }[];
  /** The fact that tells of it. */
  readonly event: ThreadEventBody;
}

/** What a restore writes, and what of it is recorded. */
export interface PlannedWrites extends Pick<RestoreRecord, 'files' | 'kept' | 'pendingBefore'> {
  readonly edits: readonly FileEdit[];
  readonly standings: RestoreWrites['files'];
}

/**
 * Turns what was planned for each file into edits, and says how the files stand afterwards.
 * @param since the writes that are taken back
 * @param pending the files that wait for review now
 */
export async function planWrites(
  planned: readonly PlannedFile[],
  since: readonly WriteRecord[],
  pending: readonly ChangedFile[],
  keep: (content: Content) => Promise<ContentId | null>,
): Promise<PlannedWrites> {
  const reverted = new Set(since.map(({ itemId }) => itemId));
  const done = planned.filter(({ outcome }) => outcome === 'restored' || outcome === 'merged');
  const open = new Map(pending.map((file) => [file.path, file]));
  const files: RestoreRecord['files'][number][] = [];
  for (const { path, live, result } of done) {
    files.push({ path, before: await keep(live), after: await keep(result) });
  }
  const left = ({ origins }: ChangedFile) => origins.filter(({ itemId }) => !reverted.has(itemId));
  const edits = done.map(({ path, live, result }): FileEdit => {
    const file = open.get(path);
    const edit = { path, bytes: result, expected: live };
    // Permissions go back with the last of the thread's writes.
    if (!file || result === null || left(file).length > 0) return edit;
    if (!file.executable && live !== null) return edit;
    return { ...edit, executable: file.executable?.baseline ?? false };
  });
  return {
    edits: changing(edits, (path) => open.get(path)?.executable?.live),
    standings: done.map(({ path, result }) => {
      const file = open.get(path);
      return { path, content: result, ...(file && { pending: { ...file, origins: left(file) } }) };
    }),
    files,
    kept: planned.filter((file) => !done.includes(file)).map(({ path }) => path),
    pendingBefore: done.flatMap(({ path }) => pendingBefore(open.get(path))),
  };
}

/** Edits that change a content, or whether the file may be executed. */
export function changing(
  edits: readonly FileEdit[],
  isExecutable: (path: string) => boolean | undefined = () => undefined,
): FileEdit[] {
  return edits.filter(
    ({ path, bytes, expected, executable }) =>
      !sameBytes(bytes, expected) ||
      (executable !== undefined && executable !== isExecutable(path)),
  );
}

function pendingBefore(file: ChangedFile | undefined): PendingBefore[] {
  if (!file) return [];
  const { path, baseline, live, executable, origins } = file;
  return [{ path, pending: { baseline, live, origins, ...(executable && { executable }) } }];
}
