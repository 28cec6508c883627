import * as l10n from '@vscode/l10n';
import type { Sentence } from '../base/language';

/** A group of lines that belong together; `old` is looked for in the file and becomes `new`. */
export interface PatchChunk {
  /** Lines after `@@`, each looked for in turn before the chunk itself; none where `@@` stands alone. */
  readonly anchors: readonly string[];
  readonly lines: readonly PatchLine[];
  /** `*** End of File` follows: the chunk is looked for at the end first. */
  readonly endOfFile: boolean;
}

/** One line of a chunk without its mark. */
export interface PatchLine {
  readonly mark: ' ' | '-' | '+';
  readonly text: string;
}

/** One section of a patch: what happens to one file. Paths as the patch says them. */
export type PatchSection =
  | { readonly kind: 'add'; readonly path: string; readonly lines: readonly string[] }
  | { readonly kind: 'delete'; readonly path: string }
  | {
      readonly kind: 'update';
      readonly path: string;
      readonly moveTo?: string;
      readonly chunks: readonly PatchChunk[];
    };

/** A patch as the model wrote it. */
export interface Patch {
  readonly sections: readonly PatchSection[];
}

/** A patch that cannot be read or applied; nothing was written. */
export class PatchError extends Error {
  override readonly name = 'PatchError';

  /** @param reason what the model is told, to write it right next time; @param say the same for the person, in short. */
  constructor(
    reason: string,
    readonly say: Sentence,
  ) {
    super(`apply_patch verification failed: ${reason}`);
  }
}

/** A patch that is not written as patches are. */
function misshapen(reason: string): PatchError {
  return new PatchError(reason, () =>
    l10n.t('The agent did not write the patch in the right form.'),
  );
}

const beginMarker = '*** Begin Patch';
const endMarker = '*** End Patch';
const sectionForms = "'*** Add File: ', '*** Update File: ' and '*** Delete File: '";

/**
 * Reads a patch in the apply_patch format. Lenient where models are sloppy: space around markers, a heredoc around
 * the patch, CRLF, empty lines between sections, a first chunk without `@@`.
 * @throws PatchError that names the line.
 */
export function parsePatch(text: string): Patch {
  const lines = patchLines(text);
  const reader = new LineReader(lines.slice(1, -1), 2);
  const sections: PatchSection[] = [];
  while (!reader.done) {
    const line = reader.next().trim();
    if (line === '') continue;
    if (sections.length === 0 && line.startsWith('*** Environment ID:')) continue;
    const section = parseSection(line, reader);
    if (!section) {
      throw misshapen(
        `line ${reader.line - 1}, ${quote(line)}, is not a section header; they are ${sectionForms}.`,
      );
    }
    sections.push(section);
  }
  if (sections.length === 0) throw misshapen('the patch changes no file.');
  return { sections };
}

/** Every path a patch names, as it names them, in order and without repeats. */
export function pathsOfPatch(patch: Patch): string[] {
  const paths = patch.sections.flatMap((section) =>
    section.kind === 'update' && section.moveTo !== undefined
      ? [section.path, section.moveTo]
      : [section.path],
  );
  return [...new Set(paths)];
}

/** The lines from the first marker to the last, heredoc and surrounding space removed. */
function patchLines(text: string): string[] {
  let lines = text.trim().split(/\r?\n/);
  const heredoc = /^(?:(?:apply_patch|applypatch)\s+)?<<-?\s*(['"]?)(\w+)\1$/.exec(
    lines[0]?.trim() ?? '',
  );
  if (heredoc && lines.length >= 3 && lines[lines.length - 1]?.trim() === heredoc[2]) {
    lines = lines.slice(1, -1).join('\n').trim().split('\n');
  }
  if (lines[0]?.trim() !== beginMarker) {
    throw misshapen(`the first line of the patch must be '${beginMarker}'.`);
  }
  if (lines.length < 2 || lines[lines.length - 1]?.trim() !== endMarker) {
    throw misshapen(`the last line of the patch must be '${endMarker}'.`);
  }
  return lines;
}

function parseSection(header: string, reader: LineReader): PatchSection | undefined {
  const add = valueOf(header, '*** Add File:');
  if (add !== undefined) return { kind: 'add', path: add, lines: parseAddedLines(reader) };
  const deleted = valueOf(header, '*** Delete File:');
  if (deleted !== undefined) return { kind: 'delete', path: deleted };
  const path = valueOf(header, '*** Update File:');
  if (path === undefined) return undefined;
  const moveTo = valueOf(reader.peek()?.trim() ?? '', '*** Move to:');
  if (moveTo !== undefined) reader.next();
  const chunks = parseChunks(path, reader);
  if (chunks.length === 0 && moveTo === undefined) {
    throw misshapen(`the section for ${path} (line ${reader.line - 1}) has no changes.`);
  }
  return { kind: 'update', path, ...(moveTo !== undefined && { moveTo }), chunks };
}

function parseAddedLines(reader: LineReader): string[] {
  const lines: string[] = [];
  for (let line = reader.peek(); line?.startsWith('+'); line = reader.peek()) {
    lines.push(line.slice(1));
    reader.next();
  }
  return lines;
}

function parseChunks(path: string, reader: LineReader): PatchChunk[] {
  const chunks: PatchChunk[] = [];
  while (!reader.done && !isMarker(reader.peek() ?? '')) {
    if (reader.peek()?.trim() === '') {
      reader.next();
      continue;
    }
    chunks.push(parseChunk(path, reader, chunks.length === 0));
  }
  return chunks;
}

function parseChunk(path: string, reader: LineReader, first: boolean): PatchChunk {
  const anchors: string[] = [];
  const opening = reader.line;
  let opened = false;
  for (
    let anchor = anchorOf(reader.peek());
    anchor !== undefined;
    anchor = anchorOf(reader.peek())
  ) {
    opened = true;
    if (anchor !== '') anchors.push(anchor);
    reader.next();
  }
  if (!opened && !first) {
    throw misshapen(
      `line ${reader.line}, ${quote(reader.peek() ?? '')}, in the section for ${path} does not begin a chunk; chunks open with '@@'.`,
    );
  }
  const lines = parseChunkLines(reader);
  const endOfFile = reader.peek()?.trim() === '*** End of File';
  if (endOfFile) reader.next();
  if (lines.length === 0) {
    throw misshapen(
      `the chunk at line ${opening} of the section for ${path} has no lines; every line must start with ' ', '+' or '-'.`,
    );
  }
  return { anchors, lines, endOfFile };
}

function parseChunkLines(reader: LineReader): PatchLine[] {
  const lines: PatchLine[] = [];
  for (let line = reader.peek(); line !== undefined; line = reader.peek()) {
    const mark = line[0];
    if (line === '') lines.push({ mark: ' ', text: '' });
    else if (isMarker(line) || anchorOf(line) !== undefined) break;
    else if (mark === ' ' || mark === '+' || mark === '-')
      lines.push({ mark, text: line.slice(1) });
    else break;
    reader.next();
  }
  return lines;
}

/** `***` opens or closes something. With space before it, it is a context line that happens to look so. */
function isMarker(line: string): boolean {
  return line.startsWith('***');
}

/** The text after `@@`, empty where there is none; the line numbers of a unified diff say nothing we need. */
function anchorOf(line: string | undefined): string | undefined {
  if (line === undefined || !/^@@(?: |$)|^\s+@@\s*$/.test(line)) return undefined;
  const anchor = line.trimStart().slice(3);
  const numbers = /^-\d+(?:,\d+)? \+\d+(?:,\d+)? @@ ?/.exec(anchor);
  const text = numbers ? anchor.slice(numbers[0].length) : anchor;
  return text.trim() === '' ? '' : text;
}

function valueOf(line: string, marker: string): string | undefined {
  if (!line.startsWith(marker)) return undefined;
  const value = line.slice(marker.length).trim();
  if (value === '') throw misshapen(`'${marker}' names no file.`);
  return value;
}

function quote(line: string): string {
  return JSON.stringify(line.length > 80 ? `${line.slice(0, 80)}…` : line);
}

/** Walks over lines and knows the number of the next one, counted from 1 in the whole patch. */
class LineReader {
  private index = 0;

  constructor(
    private readonly lines: readonly string[],
    private readonly firstLine: number,
  ) {}

  get done(): boolean {
    return this.index >= this.lines.length;
  }

  get line(): number {
    return this.firstLine + this.index;
  }

  peek(): string | undefined {
    return this.lines[this.index];
  }

  next(): string {
    const line = this.lines[this.index] ?? '';
    this.index += 1;
    return line;
  }
}
