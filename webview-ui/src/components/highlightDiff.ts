import type { DiffLine } from './diffLines';
import type { CodeLine, HighlightLines } from './highlightTokens';

/**
 * The tokens of each line of a diff; a line that stays plain has none. What was and what is are each read as a whole, so
 * that strings and comments of several lines come out right, and anew after each gap, since nothing tells what it hides.
 */
export function highlightDiff(
  lines: readonly DiffLine[],
  highlight: HighlightLines | null,
): readonly (CodeLine | undefined)[] {
  const tokens: (CodeLine | undefined)[] = lines.map(() => undefined);
  if (!highlight) return tokens;
  let start = 0;
  while (start < lines.length) {
    const gap = lines.findIndex(({ kind }, index) => index >= start && kind === 'gap');
    const end = gap < 0 ? lines.length : gap;
    for (const own of ['removed', 'added'] as const) {
      const places: number[] = [];
      for (let at = start; at < end; at += 1) {
        const kind = lines[at]?.kind;
        if (kind === own || kind === 'context') places.push(at);
      }
      if (places.every((at) => lines[at]?.kind === 'context') && own === 'removed') continue;
      const read = highlight(places.map((at) => lines[at]?.text ?? ''));
      // What is there now comes last: lines that stayed are drawn as it has them.
      for (const [index, at] of places.entries()) tokens[at] = read?.[index];
    }
    start = end + 1;
  }
  return tokens;
}
