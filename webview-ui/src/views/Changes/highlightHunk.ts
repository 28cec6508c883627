import type { CodeLine, HighlightLines } from '../../components/highlightTokens';

/** The parts of a hunk by their lines. */
export interface HunkSides<Line> {
  readonly before: readonly Line[];
  readonly removed: readonly Line[];
  readonly added: readonly Line[];
  readonly after: readonly Line[];
}

/**
 * The tokens of a hunk's lines. Each side is read as a whole, so that strings and comments of several lines come out
 * right. Where lines are left out before those after the hunk, nothing tells what they go on with: they are read
 * alone. A part that stays plain is empty.
 */
export function highlightHunk(
  { before, removed, added, after }: HunkSides<string>,
  cut: boolean,
  highlight: HighlightLines,
): HunkSides<CodeLine> {
  const joined = cut ? [] : after;
  const read = (own: readonly string[]) => highlight([...before, ...own, ...joined]) ?? [];
  const [past, now] = [read(removed), read(added)];
  const addedEnd = before.length + added.length;
  return {
    before: now.slice(0, before.length),
    removed: past.slice(before.length, before.length + removed.length),
    added: now.slice(before.length, addedEnd),
    after: cut ? (highlight(after) ?? []) : now.slice(addedEnd),
  };
}
