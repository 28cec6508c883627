import * as vscode from 'vscode';
import type { ChangedFile, Hunk, HunkCell } from '../../protocol/changes';
import { spellOut } from '../../protocol/visibleText';

/** How many lines a hunk took away, or brought where it took none. */
export function describeCount({ baseCount, liveCount }: Hunk): string {
  if (baseCount === 1) return vscode.l10n.t('1 line removed');
  if (baseCount > 1) return vscode.l10n.t('{0} lines removed', baseCount);
  return liveCount === 1
    ? vscode.l10n.t('1 line added')
    : vscode.l10n.t('{0} lines added', liveCount);
}

/** The lines a hunk stands in, counted from 1 as people do, or the cell it is about. */
export function describeLines({ liveStart, liveCount, cell }: Hunk): string {
  if (cell) return describeCell(cell);
  if (liveCount === 0) return vscode.l10n.t('before line {0}', liveStart + 1);
  if (liveCount === 1) return vscode.l10n.t('line {0}', liveStart + 1);
  return vscode.l10n.t('lines {0} to {1}', liveStart + 1, liveStart + liveCount);
}

function describeCell({ kind, change, base = 0, live = 0, moved }: HunkCell): string {
  if (kind === 'notebook') return vscode.l10n.t('notebook metadata');
  if (change === 'edited') return vscode.l10n.t('cell {0} ({1})', live, kind);
  if (moved !== undefined) {
    return change === 'added'
      ? vscode.l10n.t('cell {0} ({1}), moved from {2}', live, kind, moved)
      : vscode.l10n.t('cell {0} ({1}), moved to {2}', base, kind, moved);
  }
  return change === 'added'
    ? vscode.l10n.t('cell {0} ({1}), added', live, kind)
    : vscode.l10n.t('cell {0} ({1}), removed', base, kind);
}

/** What became of a file, in a word or two. */
export function describeKind(file: ChangedFile, renamedFrom: string | undefined): string {
  if (renamedFrom !== undefined) return vscode.l10n.t('renamed from {0}', spellOut(renamedFrom));
  if (file.kind === 'add') return vscode.l10n.t('new');
  if (file.kind === 'delete') return vscode.l10n.t('deleted');
  return file.binary ? vscode.l10n.t('modified, binary') : vscode.l10n.t('modified');
}

/** How many changes wait in files; one that is settled as a whole counts as one. */
export function countChanges(files: readonly ChangedFile[]): number {
  return files.reduce((sum, { hunks }) => sum + Math.max(1, hunks.length), 0);
}

export function countOfChanges(count: number): string {
  return count === 1 ? vscode.l10n.t('1 change') : vscode.l10n.t('{0} changes', count);
}
