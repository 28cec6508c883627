/** Lines from 1, both included. */
export interface Lines {
  readonly start: number;
  readonly end: number;
}

/** One hunk of a unified diff, in lines of the new version. */
export interface DiffHunk {
  /** What the hunk shows, context included: all of these lines exist. */
  readonly shown: Lines;
  /** The lines that changed; where lines were only removed, the one that stands in their place. */
  readonly changed: readonly Lines[];
}

/**
 * The hunks of a unified diff without file headers. For a deleted file they are lines of the old version, which is
 * all there is to point at.
 */
export function diffHunks(diff: string, side: 'new' | 'old'): readonly DiffHunk[] {
  return diff
    .split(/^(?=@@ -)/m)
    .filter((part) => part.startsWith('@@ -'))
    .map((part) => readHunk(part, side));
}

function readHunk(part: string, side: 'new' | 'old'): DiffHunk {
  const [head = '', ...lines] = part.split('\n');
  const match = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(head);
  const [start, count] = side === 'new' ? [match?.[3], match?.[4]] : [match?.[1], match?.[2]];
  const size = count === undefined ? 1 : Number(count);
  // An empty range names the line before it.
  const first = Number(start) + (size === 0 ? 1 : 0);
  const shown = { start: Math.max(1, first), end: Math.max(1, first + size - 1) };
  const [ours, theirs] = side === 'new' ? ['+', '-'] : ['-', '+'];
  const changed: Lines[] = [];
  let at = first;
  let removedHere = false;
  const endRun = () => {
    if (removedHere) {
      const line = Math.min(Math.max(at, shown.start), shown.end);
      changed.push({ start: line, end: line });
    }
    removedHere = false;
  };
  for (const line of lines) {
    const mark = line[0];
    if (mark === theirs) {
      removedHere = true;
    } else if (mark === ours) {
      removedHere = false;
      const last = changed.at(-1);
      if (last && last.end === at - 1) changed.splice(-1, 1, { start: last.start, end: at });
      else changed.push({ start: at, end: at });
      at += 1;
    } else if (mark === ' ') {
      endRun();
      at += 1;
    }
  }
  endRun();
  return { shown, changed };
}

/** True where two ranges share a line. */
export function overlaps(a: Lines, b: Lines): boolean {
  return a.start <= b.end && b.start <= a.end;
}
