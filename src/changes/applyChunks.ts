import * as l10n from '@vscode/l10n';
import { findLines, findNearest } from './matchLines';
import { PatchError, type PatchChunk, type PatchLine } from './parsePatch';
import { byteOrderMark, lineEnd, lineText, splitLines } from './textFile';

/** Lines of a file an error message quotes at most. */
const maxQuotedLines = 8;

/**
 * A text after the chunks of one section. The file's own lines are kept as they are, also where they matched
 * leniently; added lines get the file's dominant line end. A missing final newline stays missing unless a line is
 * added at the end. @throws PatchError for a chunk that is not found.
 */
export function applyChunks(path: string, text: string, chunks: readonly PatchChunk[]): string {
  const mark = text.startsWith(byteOrderMark) ? byteOrderMark : '';
  const lines = splitLines(text.slice(mark.length));
  const texts = lines.map(lineText);
  const end = dominantLineEnd(text);
  const result: string[] = [];
  let cursor = 0;
  chunks.forEach((chunk, index) => {
    const name = `chunk ${index + 1} of ${chunks.length} in ${path}`;
    const place = locate(texts, chunk, cursor, { path, name });
    result.push(...lines.slice(cursor, place.start));
    cursor = place.start;
    for (const line of place.lines) {
      if (line.mark === '+') result.push(line.text + end);
      else {
        if (line.mark === ' ') result.push(lines[cursor] as string);
        cursor += 1;
      }
    }
  });
  result.push(...lines.slice(cursor));
  return mark + closeLines(result, end).join('');
}

/** The line end most lines of a text have; `\n` where it has none. The first to occur wins a tie. */
export function dominantLineEnd(text: string): string {
  const counts = new Map<string, number>();
  for (const line of splitLines(text)) {
    const end = lineEnd(line);
    if (end !== '') counts.set(end, (counts.get(end) ?? 0) + 1);
  }
  let dominant = '\n';
  for (const [end, count] of counts) {
    if (count > (counts.get(dominant) ?? 0)) dominant = end;
  }
  return dominant;
}

/** A line without an end that is no longer the last one gets one. */
function closeLines(lines: readonly string[], end: string): string[] {
  return lines.map((line, index) =>
    index < lines.length - 1 && lineEnd(line) === '' ? line + end : line,
  );
}

interface Place {
  readonly start: number;
  readonly lines: readonly PatchLine[];
}

/** What is looked for: the file as the patch names it, and the part of the patch as the model is told of it. */
interface Wanted {
  readonly path: string;
  readonly name: string;
}

function locate(
  texts: readonly string[],
  chunk: PatchChunk,
  cursor: number,
  { path, name }: Wanted,
): Place {
  let from = cursor;
  for (const anchor of chunk.anchors) {
    const found = findLines(texts, [anchor], from);
    if (found === undefined)
      throw notFound(texts, [anchor], from, { path, name: `the context after @@ of ${name}` });
    from = found + 1;
  }
  const old = oldLines(chunk.lines);
  if (old.length === 0) {
    // Only additions: after the line that @@ names, otherwise at the end of the file.
    const atAnchor = chunk.anchors.length > 0 && !chunk.endOfFile;
    return { start: atAnchor ? from : texts.length, lines: chunk.lines };
  }
  // The line @@ names is often repeated as the first line of the chunk.
  const starts = from > cursor ? [from, from - 1] : [from];
  for (const start of starts) {
    const found = findLines(texts, old, start, chunk.endOfFile);
    if (found !== undefined) return { start: found, lines: chunk.lines };
  }
  const shorter = withoutTrailingEmptyLine(chunk.lines);
  if (shorter) {
    const found = findLines(texts, oldLines(shorter), from, chunk.endOfFile);
    if (found !== undefined) return { start: found, lines: shorter };
  }
  throw notFound(texts, old, from, { path, name });
}

function oldLines(lines: readonly PatchLine[]): string[] {
  return lines.filter((line) => line.mark !== '+').map((line) => line.text);
}

/** An empty line before the next section is often layout, not context. */
function withoutTrailingEmptyLine(lines: readonly PatchLine[]): readonly PatchLine[] | undefined {
  const last = lines[lines.length - 1];
  if (last?.mark !== ' ' || last.text !== '' || oldLines(lines).length < 2) return undefined;
  return lines.slice(0, -1);
}

function notFound(
  texts: readonly string[],
  wanted: readonly string[],
  from: number,
  { path, name }: Wanted,
): PatchError {
  const message = [
    `${name} does not match the file. Looked for:`,
    ...wanted.slice(0, maxQuotedLines),
  ];
  if (wanted.length > maxQuotedLines)
    message.push(`… ${wanted.length - maxQuotedLines} more lines`);
  const earlier = from > 0 ? findLines(texts, wanted, 0) : undefined;
  const nearest = earlier ?? findNearest(texts, wanted);
  if (earlier !== undefined) {
    message.push(
      `These lines are at line ${earlier + 1}, before the place of the chunk above it; chunks must be in the order of the file.`,
    );
  } else if (nearest === undefined) {
    message.push('Nothing in the file resembles them.');
  } else {
    const shown = texts.slice(nearest, nearest + Math.min(wanted.length, maxQuotedLines));
    message.push('The nearest lines in the file are:');
    message.push(...shown.map((line, index) => `${nearest + index + 1}: ${line.slice(0, 300)}`));
  }
  return new PatchError(message.join('\n'), () =>
    l10n.t('{0} does not hold the lines that were to be changed.', path),
  );
}
