import * as l10n from '@vscode/l10n';
import type { ContentId, ItemId, TurnId } from './ids';
import type { FileChangeKind } from './items';

/** Lines of one hunk that a preview holds at most, on each side; the counts always tell the truth. */
export const maxHunkPreviewLines = 200;

/**
 * Hunks of one file at most, so that editors stay quick. Where more places differ the file is `coarse`: each hunk
 * stands for several places, and the marks in the editor yield to the diff.
 */
export const maxInlineHunks = 500;

/**
 * A contiguous part of a change. Lines count from 0; a pure insertion has `baseCount` 0 and stands before
 * base line `baseStart`, a pure deletion likewise on the live side.
 */
export interface Hunk {
  /** Made of the text on both sides, so it survives the settling of other hunks. */
  readonly id: string;
  readonly baseStart: number;
  readonly baseCount: number;
  readonly liveStart: number;
  readonly liveCount: number;
  /** The baseline's lines without their line ends, at most `maxHunkPreviewLines`. */
  readonly removed: readonly string[];
  /** The live lines without their line ends, at most `maxHunkPreviewLines`. */
  readonly added: readonly string[];
  /** Present in a notebook whose hunks are its cells; `removed` and `added` leave out outputs then. */
  readonly cell?: HunkCell;
}

/** The cell of a notebook that a hunk is about; a hunk is never about two. */
export interface HunkCell {
  /** `code`, `markdown`, `raw`; `notebook` for what stands around the cells. */
  readonly kind: string;
  readonly change: 'added' | 'removed' | 'edited';
  /** Its place in the baseline, from 1. */
  readonly base?: number;
  /** Its place in the live notebook, from 1. */
  readonly live?: number;
  /** For a cell added here that was removed elsewhere, its place there, and the other way round. */
  readonly moved?: number;
  /** Older notebooks have none. */
  readonly id?: string;
  /** Lines of its source. */
  readonly added: number;
  readonly removed: number;
}

/** What a hunk of a notebook is, in words: `Cell 3 (code), added`. */
export function cellWords({ kind, change, base, live, moved }: HunkCell): string {
  if (kind === 'notebook') return l10n.t('Notebook metadata');
  const name = cellName(kind, live ?? base ?? 0);
  if (change === 'edited') return name;
  if (change === 'added') {
    return moved === undefined
      ? l10n.t('{0}, added', name)
      : l10n.t('{0}, moved from {1}', name, moved);
  }
  return moved === undefined
    ? l10n.t('{0}, removed', name)
    : l10n.t('{0}, moved to {1}', name, moved);
}

function cellName(kind: string, place: number): string {
  switch (kind) {
    case 'code':
      return l10n.t('Cell {0} (code)', place);
    case 'markdown':
      return l10n.t('Cell {0} (markdown)', place);
    case 'raw':
      return l10n.t('Cell {0} (raw)', place);
    default:
      return l10n.t('Cell {0} ({1})', place, kind);
  }
}

/** What made a change: a turn's tool call. */
export interface ChangeOrigin {
  readonly turnId: TurnId;
  readonly itemId: ItemId;
  /** The command, or `patch`. */
  readonly label: string;
  /** The turn's step that made the call, from 1; older journals do not tell. */
  readonly step?: number;
}

/** One file whose live text differs from its baseline because of this thread. */
export interface ChangedFile {
  /** Relative to the thread's folder. */
  readonly path: string;
  readonly kind: FileChangeKind;
  /** No hunks then: it is accepted or rejected whole. */
  readonly binary: boolean;
  /** The content last accepted by the person; null where the file was absent. */
  readonly baseline: ContentId | null;
  /** The content now; null where the file is gone. */
  readonly live: ContentId | null;
  /** Numbers of lines; of a notebook with cells those of their sources. */
  readonly added: number;
  readonly removed: number;
  readonly hunks: readonly Hunk[];
  /** Present where more than `maxInlineHunks` places differ. */
  readonly coarse?: true;
  /** Present where the file may be executed on either side. It differs where the change is one of permissions too. */
  readonly executable?: { readonly baseline: boolean; readonly live: boolean };
  /**
   * Present where the file was changed while the thread was closed, so that nobody knows whose lines are whose: the
   * change is shown and can be accepted, never rejected. It ends where the file holds `last` again.
   */
  readonly viewOnly?: { readonly last: ContentId | null };
  /**
   * The part of the path, such as `.vscode`, that makes other programs run or obey what is in the file: an accept of
   * many files leaves it out. Older journals do not tell.
   */
  readonly obeyed?: string;
  /** Oldest first. Where there are many, those after the first are left out but for the newest. */
  readonly origins: readonly ChangeOrigin[];
}

/** All edits of a thread that are not yet settled, sorted by path. */
export interface ChangeSet {
  readonly files: readonly ChangedFile[];
  /** What is not watched and why, each a sentence for people. */
  readonly notes: readonly string[];
}

export const emptyChangeSet: ChangeSet = { files: [], notes: [] };

/** A new state of a change set: the whole of it or, where `gone` is there, what is another than before. */
export interface ChangesUpdate {
  /** All notes; of the files all, or those that are new or another. */
  readonly changeSet: ChangeSet;
  /** Paths of the files that were in the set and are no more. */
  readonly gone?: readonly string[];
}

/** The change set after an update. */
export function updateChanges(before: ChangeSet, { changeSet, gone }: ChangesUpdate): ChangeSet {
  if (!gone) return changeSet;
  const files = new Map(before.files.map((file) => [file.path, file]));
  for (const path of gone) files.delete(path);
  for (const file of changeSet.files) files.set(file.path, file);
  const sorted = [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files: sorted, notes: changeSet.notes };
}

/**
 * What leads from one state to the next. Where little of much is another it is that alone, since each update is stored
 * and sent: while somebody types in one of 500 changed files, the other 499 are not told again.
 */
export function changesBetween(before: ChangeSet, now: ChangeSet): ChangesUpdate {
  const known = new Map(before.files.map((file) => [file.path, file]));
  const files = now.files.filter((file) => known.get(file.path) !== file);
  const paths = new Set(now.files.map(({ path }) => path));
  const gone = before.files.map(({ path }) => path).filter((path) => !paths.has(path));
  if ((files.length + gone.length) * 4 > now.files.length) return { changeSet: now };
  return { changeSet: { files, notes: now.notes }, gone };
}

export type Resolution = 'accept' | 'reject';

/** A changed file, or some hunks of it. */
export interface ChangePart {
  readonly path: string;
  /** The whole file where absent, its permissions included. */
  readonly hunkIds?: readonly string[];
}

/** What an accept or reject is about: everything, a file, one hunk of it, or several of these at once. */
export interface ChangeTarget {
  readonly path?: string;
  readonly hunkId?: string;
  /** Settled together or not at all; without the two above. */
  readonly parts?: readonly ChangePart[];
  /** Present where the parts were named together, as those of a group, so that each need not have been looked at. */
  readonly group?: true;
}

/** What of these files a target is about; parts are not looked for, so they may name what is gone. */
export function partsOf(
  { path, hunkId, parts }: ChangeTarget,
  files: readonly ChangedFile[],
): readonly ChangePart[] {
  if (parts) return parts;
  const hunks = hunkId === undefined ? {} : { hunkIds: [hunkId] };
  if (path !== undefined) return [{ path, ...hunks }];
  return files
    .filter((file) => hunkId === undefined || file.hunks.some(({ id }) => id === hunkId))
    .map((file) => ({ path: file.path, ...hunks }));
}
