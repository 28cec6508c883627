import * as l10n from '@vscode/l10n';
import type { Hunk } from '../../../src/protocol/changes';
import { formatNumber } from '../format';

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
    else if (line.startsWith('\\')) lines.push({ kind: 'gap', text: noteWords(line) });
  }
  return lines;
}

/** What a line of the diff that is none of the file says. */
function noteWords(line: string): string {
  const left = /^\\ (\d+) more lines$/.exec(line)?.[1];
  return left === undefined
    ? l10n.t('No newline at the end')
    : l10n.t('{0} more lines', formatNumber(Number(left)));
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
  const left = formatNumber(missing);
  const text =
    kind === 'added'
      ? l10n.t('{0} more lines added', left)
      : l10n.t('{0} more lines removed', left);
  return [...drawn, { kind: 'gap', text }];
}
