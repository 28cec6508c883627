/** Ways two lines can be called equal, strictest first. */
const sameness: readonly ((line: string) => string)[] = [
  (line) => line,
  (line) => line.trimEnd(),
  (line) => line.trim(),
  (line) => foldPunctuation(line).trim(),
];

/**
 * The first index at or after `from` where `wanted` stands in `lines`; `undefined` where it does not. Exact matches
 * anywhere win over lenient ones. With `atEnd` the very end is tried first.
 */
export function findLines(
  lines: readonly string[],
  wanted: readonly string[],
  from: number,
  atEnd = false,
): number | undefined {
  const last = lines.length - wanted.length;
  for (const form of sameness) {
    const pattern = wanted.map(form);
    const matches = (start: number) =>
      pattern.every((line, offset) => form(lines[start + offset] ?? '') === line);
    if (atEnd && last >= from && matches(last)) return last;
    for (let start = from; start <= last; start += 1) {
      if (matches(start)) return start;
    }
  }
  return undefined;
}

/** Where the lines that resemble `wanted` most begin; `undefined` where nothing resembles them. */
export function findNearest(
  lines: readonly string[],
  wanted: readonly string[],
): number | undefined {
  const telling = wanted.reduce(
    (best, line) => (line.trim().length > best.trim().length ? line : best),
    '',
  );
  const offset = wanted.indexOf(telling);
  const pairs = pairsOf(telling);
  let nearest: number | undefined;
  let best = 0.4;
  lines.forEach((line, index) => {
    const score = resemblance(pairs, pairsOf(line));
    if (score > best) {
      best = score;
      nearest = Math.max(0, index - offset);
    }
  });
  return nearest;
}

/** Dashes, quotes and spaces that models replace by their ASCII forms. */
function foldPunctuation(line: string): string {
  return line
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u2018-\u201B]/g, "'")
    .replace(/[\u201C-\u201F]/g, '"')
    .replace(/[\u00A0\u2002-\u200A\u202F\u205F\u3000]/g, ' ')
    .replace(/\u2026/g, '...');
}

function pairsOf(line: string): Set<string> {
  const text = line.trim().slice(0, 200);
  const pairs = new Set<string>();
  for (let index = 0; index + 1 < text.length; index += 1) pairs.add(text.slice(index, index + 2));
  return pairs;
}

/** Dice coefficient of two sets of letter pairs: 0 for nothing in common, 1 for equal. */
function resemblance(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  let common = 0;
  for (const pair of a) if (b.has(pair)) common += 1;
  return (2 * common) / (a.size + b.size);
}
