import * as vscode from 'vscode';
import type { Resolution } from '../../protocol/changes';
import type { Host } from '../host';
import { activeCell } from './cellHunks';
import { goToHunk } from './goToHunk';
import type { HunkReference } from './hunkLenses';
import { hunkAtLine, hunksOfLineChange, type LineChange } from './hunks';
import type { Review } from './review';

/**
 * Accepts or rejects what a command was called for: a CodeLens gives a reference, the gutter's peek gives
 * `(uri, changes, index)`, the keyboard gives nothing and means the hunk under the cursor. Where the cursor stands
 * in none, it only goes to the next one, so that nothing is settled unseen.
 */
export async function resolveHunk(
  host: Pick<Host, 'shown' | 'review'>,
  resolution: Resolution,
  args: readonly unknown[],
): Promise<void> {
  await host.shown.restore();
  const references = findReferences(host.review, args);
  if (references.length === 0) return goToHunk(host, 'next');
  for (const reference of references) await host.review.resolve(resolution, reference);
}

/** The hunks a command was called for; see `resolveHunk`. */
export function findReferences(review: Review, args: readonly unknown[]): readonly HunkReference[] {
  return referencesOf(review, args) ?? underCursor(review);
}

function referencesOf(
  review: Review,
  [first, changes, index]: readonly unknown[],
): readonly HunkReference[] | undefined {
  if (isReference(first)) return [first];
  if (!(first instanceof vscode.Uri) || !Array.isArray(changes)) return undefined;
  const file = review.fileOf(first);
  const change = (changes as LineChange[])[Number(index)];
  if (!file || !change) return [];
  return hunksOfLineChange(file, change).map(({ id }) => ({ path: file.path, hunkId: id }));
}

function underCursor(review: Review): readonly HunkReference[] {
  const cell = activeCell(review);
  if (cell) return cell.hunk ? [{ path: cell.file.path, hunkId: cell.hunk.id }] : [];
  const editor = vscode.window.activeTextEditor;
  const file = editor && review.fileOf(editor.document.uri);
  const hunk = file && hunkAtLine(file, editor.selection.active.line);
  return hunk ? [{ path: file.path, hunkId: hunk.id }] : [];
}

function isReference(value: unknown): value is HunkReference {
  if (typeof value !== 'object' || value === null || value instanceof vscode.Uri) return false;
  const { path, hunkId } = value as Partial<HunkReference>;
  return typeof path === 'string' && typeof hunkId === 'string';
}
