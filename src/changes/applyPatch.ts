import * as l10n from '@vscode/l10n';
import { errorMessage } from '../base/errorMessage';
import { relativeToRoot } from '../base/paths';
import { toldMessage } from '../base/toldError';
import type { FileEdit } from '../ports/workspaceFiles';
import type { FileChangeSummary } from '../protocol/items';
import { applyChunks, dominantLineEnd } from './applyChunks';
import { sameBytes } from './content';
import { PatchError, type Patch, type PatchSection } from './parsePatch';
import { summarizeChange } from './summarizeChange';
import { byteOrderMark, decodeText, encodeText } from './textFile';

/** What a patch will do, verified as a whole; nothing is written yet. */
export interface PatchPlan {
  /** To be written all or nothing; files that end up as they were are left out. */
  readonly edits: readonly FileEdit[];
  /** One for each edit, in the same order. */
  readonly changes: readonly FileChangeSummary[];
  /** `A path`, `M path` and `D path` in this order, with the paths as the patch names them. */
  readonly report: readonly string[];
}

/** Where a patch's paths count from; both absolute. */
export interface PatchFolder {
  /** No path may leave it. */
  readonly root: string;
  readonly cwd: string;
}

/** Reads a file by its path relative to the root; null where it does not exist. */
export type ReadFile = (path: string) => Promise<Uint8Array | null>;

/**
 * Works out what a patch does to the files that `read` gives.
 * @throws PatchError where any part of it does not fit; its message is for the model.
 */
export async function planPatch(
  patch: Patch,
  read: ReadFile,
  folder: PatchFolder = { root: '/', cwd: '/' },
): Promise<PatchPlan> {
  const draft = new PatchDraft(read, folder);
  for (const section of patch.sections) await applySection(draft, section);
  return draft.finish();
}

async function applySection(draft: PatchDraft, section: PatchSection): Promise<void> {
  const path = draft.resolve(section.path);
  const before = await draft.read(path, section.path);
  if (section.kind === 'add') {
    draft.write(path, addedBytes(section.path, section.lines, before));
    draft.report(before === null ? 'A' : 'M', section.path);
    return;
  }
  if (before === null) {
    throw new PatchError(`${section.path} does not exist, so it cannot be ${section.kind}d.`, () =>
      l10n.t('{0} does not exist.', section.path),
    );
  }
  if (section.kind === 'delete') {
    draft.write(path, null);
    draft.report('D', section.path);
    return;
  }
  const after = section.chunks.length === 0 ? before : updatedBytes(section, before);
  const target = section.moveTo === undefined ? path : draft.resolve(section.moveTo);
  if (target === path) draft.write(path, after);
  else {
    await draft.read(target, section.moveTo ?? target);
    draft.move(path, target, after);
  }
  draft.report('M', section.moveTo ?? section.path);
}

function updatedBytes(
  section: PatchSection & { readonly kind: 'update' },
  before: Uint8Array,
): Uint8Array {
  const file = decodeText(before);
  if (!file) {
    throw new PatchError(`${section.path} is a binary file; apply_patch edits text only.`, () =>
      l10n.t('{0} is not a text file.', section.path),
    );
  }
  return encode(section.path, {
    encoding: file.encoding,
    text: applyChunks(section.path, file.text, section.chunks),
  });
}

/** A text file that is written anew keeps its encoding, byte order mark and line ends. */
function addedBytes(path: string, lines: readonly string[], before: Uint8Array | null): Uint8Array {
  const old = before === null ? undefined : decodeText(before);
  const end = old ? dominantLineEnd(old.text) : '\n';
  const mark = old?.text.startsWith(byteOrderMark) ? byteOrderMark : '';
  const text = mark + lines.map((line) => line + end).join('');
  // New text need not fit a legacy encoding: the file is replaced as a whole.
  const encoding = old && old.encoding !== 'latin1' ? old.encoding : 'utf8';
  return encode(path, { encoding, text });
}

function encode(path: string, file: Parameters<typeof encodeText>[0]): Uint8Array {
  try {
    return encodeText(file);
  } catch (error) {
    throw new PatchError(`${path}: ${errorMessage(error)}.`, () =>
      l10n.t('{0} cannot hold this text in its encoding.', path),
    );
  }
}

interface DraftFile {
  readonly original: Uint8Array | null;
  bytes: Uint8Array | null;
  modeOf?: string | undefined;
}

/** The files as the sections so far leave them. */
class PatchDraft {
  private readonly files = new Map<string, DraftFile>();
  private readonly reported = new Map<string, 'A' | 'M' | 'D'>();

  constructor(
    private readonly readFile: ReadFile,
    private readonly folder: PatchFolder,
  ) {}

  /** The path relative to the root. */
  resolve(path: string): string {
    const relative = relativeToRoot(this.folder.root, this.folder.cwd, path);
    if (relative === undefined) {
      throw new PatchError(`${path} is outside of the workspace folder.`, () =>
        l10n.t('{0} is outside of the folder.', path),
      );
    }
    if (relative === '.') {
      throw new PatchError(`${path} is a folder, not a file.`, () =>
        l10n.t('{0} is not a file.', path),
      );
    }
    return relative;
  }

  async read(path: string, name: string): Promise<Uint8Array | null> {
    const known = this.files.get(path);
    if (known) return known.bytes;
    const original = await this.readFile(path).catch((error: unknown) => {
      throw new PatchError(`${name} cannot be read: ${errorMessage(error)}`, () =>
        l10n.t('{0} cannot be read: {1}', name, toldMessage(error)),
      );
    });
    this.files.set(path, { original, bytes: original });
    return original;
  }

  /** Only for paths that were read before. */
  write(path: string, bytes: Uint8Array | null): void {
    const file = this.file(path);
    file.bytes = bytes;
    if (bytes === null) file.modeOf = undefined;
  }

  move(from: string, to: string, bytes: Uint8Array): void {
    const source = this.file(from);
    const modeOf = source.modeOf ?? (source.original === null ? undefined : from);
    this.write(from, null);
    this.write(to, bytes);
    this.file(to).modeOf = modeOf;
  }

  /** A file named twice is reported once: a new one stays new, a deleted one that is back was modified. */
  report(mark: 'A' | 'M' | 'D', name: string): void {
    const earlier = this.reported.get(name);
    if (earlier === 'A' && mark === 'D') this.reported.delete(name);
    else if (earlier === 'A') return;
    else this.reported.set(name, earlier === 'D' && mark === 'A' ? 'M' : mark);
  }

  finish(): PatchPlan {
    const edits: FileEdit[] = [];
    for (const [path, { original, bytes, modeOf }] of this.files) {
      if (sameBytes(original, bytes)) continue;
      edits.push({ path, bytes, expected: original, ...(modeOf !== undefined && { modeOf }) });
    }
    return {
      edits,
      changes: edits.map((edit) => summarizeChange(edit.path, edit.expected, edit.bytes)),
      report: (['A', 'M', 'D'] as const).flatMap((mark) =>
        [...this.reported].filter((entry) => entry[1] === mark).map(([name]) => `${mark} ${name}`),
      ),
    };
  }

  private file(path: string): DraftFile {
    const file = this.files.get(path);
    if (!file) throw new Error('A patch wrote a file it did not read.');
    return file;
  }
}
