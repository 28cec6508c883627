import type { Hunk } from '../../../src/protocol/changes';

/** A line of a small diff. `gap` stands for lines left out, its text says which. */
export interface DiffLine {
  readonly kind: 'added' | 'removed' | 'context' | 'gap';
  readonly text: string;
}

const kinds: Record<string, DiffLine['kind']> = { '+': 'added', '-': 'removed', ' ': 'context' };

/** Reads a unified diff without file headers; hunk headers after the first become gaps. */
export function readDiff(diff: string): readonly DiffLine[] {
  const lines: DiffLine[] = [];
  for (const line of diff.replace(/\n$/, '').split('\n')) {
    const kind = kinds[line.charAt(0)];
    if (kind) lines.push({ kind, text: line.slice(1).replace(/\r$/, '') });
    else if (line.startsWith('@@') && lines.length > 0) lines.push({ kind: 'gap', text: '⋯' });
    else if (line.startsWith('\\')) lines.push({ kind: 'gap', text: 'No newline at the end' });
  }
  return lines;
}

/** The preview of a hunk; lines beyond the preview's limit are counted. */
export function hunkLines(hunk: Hunk): readonly DiffLine[] {
  return [
    ...side('removed', hunk.removed, hunk.baseCount),
    ...side('added', hunk.added, hunk.liveCount),
  ];
}

function side(
  kind: 'added' | 'removed',
  lines: readonly string[],
  count: number,
): readonly DiffLine[] {
  const drawn = lines.map((text) => ({ kind, text }));
  const missing = count - lines.length;
  if (missing <= 0) return drawn;
  return [...drawn, { kind: 'gap', text: `${missing} more lines ${kind}` }];
}
