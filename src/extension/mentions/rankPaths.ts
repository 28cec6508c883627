import uFuzzy from '@leeoniya/ufuzzy';
import type { Steps } from '../../base/slices';

/** Paths ready to be searched; a folder ends with `/`. */
export interface PathList {
  /** In pieces small enough that one of them is searched in a few milliseconds. */
  readonly chunks: readonly PathChunk[];
}

interface PathChunk {
  readonly paths: readonly string[];
  /** The same without capitals. */
  readonly lower: readonly string[];
}

const chunkSize = 2_000;
/** Paths opened lately get a rank each; all others share the one after. */
const leastRecent = 1_000;
const recencyWeight = 10_000;
const tierWeight = 100_000_000;

/** Any characters may stand between those typed, folders too, in any script. */
const fuzzy = new uFuzzy({
  ...{ unicode: true, intraMode: 0, intraIns: Infinity, intraChars: '.' },
  ...{ interSplit: "[^\\p{L}\\d']+", intraSplit: '\\p{Ll}\\p{Lu}' },
  intraBound: '\\p{L}\\d|\\d\\p{L}|\\p{Ll}\\p{Lu}',
  intraContr: "'\\p{L}{1,2}\\b",
});

/** Makes paths ready; work that can be done in slices. */
export function* preparePaths(paths: readonly string[]): Steps<PathList> {
  const chunks: PathChunk[] = [];
  for (let start = 0; start < paths.length; start += chunkSize) {
    const piece = paths.slice(start, start + chunkSize);
    chunks.push({ paths: piece, lower: piece.map((path) => path.toLowerCase()) });
    yield;
  }
  return { chunks };
}

/** What to look for. */
export interface PathQuery {
  readonly text: string;
  /** True for the paths that count at all. */
  readonly accept?: (path: string) => boolean;
  /** The paths used last, the latest first. */
  readonly recent: readonly string[];
  readonly limit: number;
}

/**
 * The paths that hold the characters typed, in their order: those first whose name is meant, then those whose folders
 * are; among equals what was opened last, then the shortest. Without text, what was opened last and then the shortest.
 */
export function* rankPaths(list: PathList, query: PathQuery): Steps<readonly string[]> {
  const text = query.text.toLowerCase();
  const recent = new Map(query.recent.map((path, rank) => [path, rank]));
  const best = new BestPaths(query.limit);
  for (const { paths, lower } of list.chunks) {
    for (const index of matching(paths, lower, query.text)) {
      const path = paths[index] ?? '';
      const tier = text === '' ? 0 : tierOf(lower[index] ?? '', text);
      const rank = Math.min(recent.get(path) ?? leastRecent, leastRecent);
      const score = tier * tierWeight + rank * recencyWeight + path.length;
      if (best.wants(score) && query.accept?.(path) !== false) best.add(path, score);
    }
    yield;
  }
  return best.paths;
}

/** Places of the paths in which the characters of `text` stand. */
function matching(
  paths: readonly string[],
  lower: readonly string[],
  text: string,
): Iterable<number> {
  if (text === '') return paths.keys();
  const found = fuzzy.filter(paths as string[], text);
  // Of signs alone it makes nothing: they are looked for as they are.
  return found ?? [...paths.keys()].filter((index) => lower[index]?.includes(text.toLowerCase()));
}

/** How well a path fits: 0 is best. Both without capitals. */
function tierOf(path: string, text: string): number {
  const end = path.endsWith('/') ? path.length - 1 : path.length;
  const nameAt = path.lastIndexOf('/', end - 1) + 1;
  const at = path.indexOf(text, nameAt);
  if (at < 0) return path.includes(text) ? 4 : holdsInOrder(path, nameAt, text) ? 5 : 6;
  if (at > nameAt) return /[\p{L}\d]/u.test(path[at - 1] ?? '') ? 3 : 2;
  const dot = path.indexOf('.', nameAt + 1);
  const after = nameAt + text.length;
  return after === end || after === dot ? 0 : 1;
}

function holdsInOrder(path: string, from: number, text: string): boolean {
  let at = from;
  for (const character of text) {
    at = path.indexOf(character, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** The few with the lowest score, in order; what came first stays first among equals. */
class BestPaths {
  private readonly entries: { readonly path: string; readonly score: number }[] = [];

  constructor(private readonly limit: number) {}

  get paths(): readonly string[] {
    return this.entries.map(({ path }) => path);
  }

  wants(score: number): boolean {
    const last = this.entries.at(-1);
    return this.entries.length < this.limit || (last !== undefined && score < last.score);
  }

  add(path: string, score: number): void {
    const at = this.entries.findLastIndex((entry) => entry.score <= score) + 1;
    this.entries.splice(at, 0, { path, score });
    if (this.entries.length > this.limit) this.entries.pop();
  }
}
