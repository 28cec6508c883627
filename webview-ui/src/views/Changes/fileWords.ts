import * as l10n from '@vscode/l10n';
import { cellWords, type ChangedFile, type Hunk } from '../../../../src/protocol/changes';
import { spellOut } from '../../../../src/protocol/visibleText';
import type { GroupedFile } from './changeGroups';

/** What a file is besides changed, a word or two each. */
export function fileTags({ file, renamedFrom }: GroupedFile): readonly string[] {
  const { kind, binary, executable, viewOnly, coarse, path } = file;
  const tags: string[] = [];
  if (renamedFrom) tags.push(l10n.t('renamed'));
  else if (kind !== 'update') tags.push(kind === 'add' ? l10n.t('new') : l10n.t('deleted'));
  if (binary) tags.push(l10n.t('binary'));
  if (path.endsWith('.ipynb')) tags.push(l10n.t('notebook'));
  if (kind !== 'delete' && executable && executable.baseline !== executable.live) {
    tags.push(executable.live ? l10n.t('executable') : l10n.t('not executable'));
  }
  if (coarse) tags.push(l10n.t('many changes'));
  if (viewOnly) tags.push(l10n.t('view only'));
  return tags;
}

/** Why an accept of everything, or of a group, leaves the file out; undefined where it does not. */
export function obeyedWords({ file, renamedFrom }: GroupedFile): string | undefined {
  const part = file.obeyed ?? renamedFrom?.obeyed;
  if (part === undefined) return undefined;
  return l10n.t('Other programs run or obey {0}: accept it by itself', spellOut(part));
}

/** What rejecting the file does. */
export function rejectWords({ file, renamedFrom }: GroupedFile): string {
  if (renamedFrom) return l10n.t('the file is {0} again', renamedFrom.path);
  const { kind, executable } = file;
  if (kind === 'add') return l10n.t('the new file is removed');
  if (kind === 'delete') return l10n.t('the file comes back');
  if (file.hunks.length === 0 && !file.binary && executable) {
    return l10n.t('its permissions come back');
  }
  return l10n.t('its text comes back');
}

/** What an opened file says that has no hunks to show. */
export function wholeFileWords({ file, renamedFrom }: GroupedFile): string {
  if (renamedFrom) {
    return l10n.t('Renamed from {0}; its content is the same.', renamedFrom.path);
  }
  const { binary, kind, baseline, live, executable } = file;
  if (baseline === live && executable) {
    return executable.live
      ? l10n.t('The file may be executed now.')
      : l10n.t('The file may not be executed any more.');
  }
  return binary ? binaryWords(kind) : emptyWords(kind);
}

function binaryWords(kind: ChangedFile['kind']): string {
  switch (kind) {
    case 'add':
      return l10n.t('Binary file added: it is accepted or rejected as a whole.');
    case 'delete':
      return l10n.t('Binary file deleted: it is accepted or rejected as a whole.');
    case 'update':
      return l10n.t('Binary file changed: it is accepted or rejected as a whole.');
  }
}

function emptyWords(kind: ChangedFile['kind']): string {
  switch (kind) {
    case 'add':
      return l10n.t('Empty file added: it is accepted or rejected as a whole.');
    case 'delete':
      return l10n.t('Empty file deleted: it is accepted or rejected as a whole.');
    case 'update':
      return l10n.t('Empty file changed: it is accepted or rejected as a whole.');
  }
}

/** Where a hunk stands: `line 3`, `lines 3–7`, `Cell 3 (code)`; of removed lines, where they were. */
export function placeWords({ hunks }: ChangedFile, hunkId: string): string {
  const hunk = hunks.find(({ id }) => id === hunkId);
  if (!hunk) return '';
  if (hunk.cell) return cellWords(hunk.cell);
  const { liveStart, liveCount, baseStart, baseCount } = hunk;
  const [start, count] = liveCount > 0 ? [liveStart, liveCount] : [baseStart, baseCount];
  return count === 1
    ? l10n.t('line {0}', start + 1)
    : l10n.t('lines {0}–{1}', start + 1, start + count);
}

/** Lines of a hunk; of a notebook's cell those of its source. */
export function hunkCounts({ cell, liveCount, baseCount }: Hunk): {
  readonly added: number;
  readonly removed: number;
} {
  return cell ?? { added: liveCount, removed: baseCount };
}
