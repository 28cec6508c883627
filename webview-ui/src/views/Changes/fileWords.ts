import { cellWords, type ChangedFile, type Hunk } from '../../../../src/protocol/changes';
import { spellOut } from '../../../../src/protocol/visibleText';
import type { GroupedFile } from './changeGroups';

/** What a file is besides changed, a word or two each. */
export function fileTags({ file, renamedFrom }: GroupedFile): readonly string[] {
  const { kind, binary, executable, viewOnly, coarse, path } = file;
  const tags: string[] = [];
  if (renamedFrom) tags.push('renamed');
  else if (kind !== 'update') tags.push(kind === 'add' ? 'new' : 'deleted');
  if (binary) tags.push('binary');
  if (path.endsWith('.ipynb')) tags.push('notebook');
  if (kind !== 'delete' && executable && executable.baseline !== executable.live) {
    tags.push(executable.live ? 'executable' : 'not executable');
  }
  if (coarse) tags.push('many changes');
  if (viewOnly) tags.push('view only');
  return tags;
}

/** Why an accept of everything, or of a group, leaves the file out; undefined where it does not. */
export function obeyedWords({ file, renamedFrom }: GroupedFile): string | undefined {
  const part = file.obeyed ?? renamedFrom?.obeyed;
  if (part === undefined) return undefined;
  return `Other programs run or obey ${spellOut(part)}: accept it by itself`;
}

/** What rejecting the file does. */
export function rejectWords({ file, renamedFrom }: GroupedFile): string {
  if (renamedFrom) return `the file is ${renamedFrom.path} again`;
  const { kind, executable } = file;
  if (kind === 'add') return 'the new file is removed';
  if (kind === 'delete') return 'the file comes back';
  if (file.hunks.length === 0 && !file.binary && executable) return 'its permissions come back';
  return 'its text comes back';
}

/** What an opened file says that has no hunks to show. */
export function wholeFileWords({ file, renamedFrom }: GroupedFile): string {
  if (renamedFrom) return `Renamed from ${renamedFrom.path}; its content is the same.`;
  const { binary, kind, baseline, live, executable } = file;
  if (baseline === live && executable) {
    return executable.live
      ? 'The file may be executed now.'
      : 'The file may not be executed any more.';
  }
  const what = binary ? 'Binary file' : 'Empty file';
  const happened = { add: 'added', delete: 'deleted', update: 'changed' }[kind];
  return `${what} ${happened}: it is accepted or rejected as a whole.`;
}

/** Where a hunk stands: `line 3`, `lines 3–7`, `Cell 3 (code)`; of removed lines, where they were. */
export function placeWords({ hunks }: ChangedFile, hunkId: string): string {
  const hunk = hunks.find(({ id }) => id === hunkId);
  if (!hunk) return '';
  if (hunk.cell) return cellWords(hunk.cell);
  const { liveStart, liveCount, baseStart, baseCount } = hunk;
  const [start, count] = liveCount > 0 ? [liveStart, liveCount] : [baseStart, baseCount];
  return count === 1 ? `line ${start + 1}` : `lines ${start + 1}–${start + count}`;
}

/** Lines of a hunk; of a notebook's cell those of its source. */
export function hunkCounts({ cell, liveCount, baseCount }: Hunk): {
  readonly added: number;
  readonly removed: number;
} {
  return cell ?? { added: liveCount, removed: baseCount };
}
