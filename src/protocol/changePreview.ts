import type { ChangedFile } from './changes';
import type { ItemId } from './ids';

/** One hunk as a person reads it. Lines have their line ends; what is missing of the hunk's counts is left out. */
export interface HunkPreview {
  /** Equal lines before the hunk. */
  readonly before: readonly string[];
  readonly removed: readonly string[];
  readonly added: readonly string[];
  /** Equal lines after the hunk. */
  readonly after: readonly string[];
  /** Present in a notebook, instead of its lines of JSON. */
  readonly notebook?: NotebookHunk;
}

/** What a hunk of a notebook's JSON means for its cells. */
export interface NotebookHunk {
  /** One, but for a file that is new, gone, or no notebook as tools write them. */
  readonly cells: readonly CellPreview[];
  /** Of the code, such as `python`. */
  readonly language?: string;
}

/** A cell as a person reads it. */
export interface CellPreview {
  /** `Cell 3 (code)`. */
  readonly caption: string;
  /** `code`, `markdown`, `raw` or `notebook`. */
  readonly kind: string;
  /** Of its source, without line ends. */
  readonly lines: readonly CellLine[];
  /** What else changed, such as outputs, each a few words. */
  readonly notes: readonly string[];
}

/** A line of a cell's source. */
export interface CellLine {
  readonly kind: 'added' | 'removed' | 'context' | 'gap';
  readonly text: string;
}

/** The calls that made each hunk of the files that several calls wrote: paths, then hunk ids. Oldest call first. */
export type HunkOrigins = Readonly<Record<string, Readonly<Record<string, readonly ItemId[]>>>>;

/** The hunks of each file at the person's last look; a file without hunks has its live content instead. */
export type SeenChanges = Readonly<Record<string, readonly string[]>>;

/** These changes as seen. */
export function seenChanges(files: readonly ChangedFile[]): SeenChanges {
  return Object.fromEntries(files.map((file) => [file.path, partsToSee(file)]));
}

/** What of a file is new: ids of hunks, or its live content where it has none. */
export function unseenParts(file: ChangedFile, seen: SeenChanges): readonly string[] {
  const known = new Set(seen[file.path]);
  return partsToSee(file).filter((part) => !known.has(part));
}

function partsToSee({ hunks, live }: ChangedFile): readonly string[] {
  return hunks.length > 0 ? hunks.map(({ id }) => id) : [live ?? ''];
}
