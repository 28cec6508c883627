import * as l10n from '@vscode/l10n';
import { formatNumber } from '../base/language';
import type { HunkPreview } from '../protocol/changePreview';
import { maxHunkPreviewLines, type ChangedFile } from '../protocol/changes';
import { notebookHunk } from './notebookHunk';
import { isNotebook } from './notebookText';
import { lineEnd, splitLines } from './textFile';

/** Equal lines shown around a hunk, on each side. */
const contextLines = 3;

/** Lines of each side that are shown of a hunk whose whole was asked for. */
const maxWholeLines = 5000;

/** Characters of one line. */
const maxLineCharacters = 20_000;

/**
 * A hunk with the lines around it, as a person reads it.
 * @param texts baseline and live text of the file.
 * @param whole up to `maxWholeLines` of each side instead of the first ones.
 */
export function previewHunk(
  { path, hunks }: Pick<ChangedFile, 'path' | 'hunks'>,
  hunkId: string,
  texts: { readonly before: string; readonly after: string },
  whole: boolean,
): HunkPreview | undefined {
  const index = hunks.findIndex(({ id }) => id === hunkId);
  const hunk = hunks[index];
  if (!hunk) return undefined;
  const [base, live] = [splitLines(texts.before), splitLines(texts.after)];
  const { baseStart, baseCount, liveStart, liveCount } = hunk;
  const liveEnd = liveStart + liveCount;
  const previous = hunks[index - 1];
  const room = {
    from: Math.max(
      previous ? previous.liveStart + previous.liveCount : 0,
      liveStart - contextLines,
    ),
    to: Math.min(hunks[index + 1]?.liveStart ?? live.length, liveEnd + contextLines),
  };
  const most = whole ? maxWholeLines : maxHunkPreviewLines;
  const notebook = isNotebook(path) ? notebookHunk(texts, hunk, whole) : undefined;
  // Its JSON is not for reading, and outputs may be large.
  if (notebook) return { before: [], removed: [], added: [], after: [], notebook };
  return {
    before: live.slice(room.from, liveStart).map(cutLine),
    removed: base.slice(baseStart, baseStart + Math.min(baseCount, most)).map(cutLine),
    added: live.slice(liveStart, liveStart + Math.min(liveCount, most)).map(cutLine),
    after: live.slice(liveEnd, room.to).map(cutLine),
  };
}

function cutLine(line: string): string {
  const left = line.length - maxLineCharacters;
  if (left <= 0) return line;
  const note = l10n.t('({0} more characters)', formatNumber(left));
  return `${line.slice(0, maxLineCharacters)}… ${note}${lineEnd(line)}`;
}
