/** A place in a text that names comments. */
export interface Mention {
  /** Offsets of the marker, its brackets included. */
  readonly start: number;
  readonly end: number;
  /** Comments that are known, in the order named. */
  readonly ids: readonly string[];
}

const list = String.raw`C\d+(?:\s*(?:,|;|&|\/|\band\b)\s*C?\d+)*`;
const numbers = String.raw`#?\d+(?:\s*(?:,|&|\band\b)\s*#?\d+)*`;

/**
 * How models write that they answer C1, though they are asked for `[C1]`: in square or round brackets, as code, after
 * the word comment, with its bare number there, or at the start of a line. A bare C1 within a sentence may be anything.
 */
const markers = new RegExp(
  [
    String.raw`(?<code>\`?)(?<!\w)\[\s*(?:comments?[\s#-]*)?${list}\s*\]\k<code>(?!\()`,
    String.raw`\((?:re:?\s+)?(?:comments?[\s#-]*)?${list}\)`,
    String.raw`\bcomments?[\s-]+(?:${list}|${numbers})\b`,
    String.raw`(?<=^[\s>*_#+-]*(?:\d+[.)]\s+)?[*_]*)${list}(?=[*_]*\s*(?:[:.)\u2013\u2014-]|$))`,
  ].join('|'),
  'gim',
);

/** Fenced blocks and code in a line, where nothing is named. */
const code = /^ {0,3}(`{3,}|~{3,})[^]*?(?:^ {0,3}\1|$(?![^]))|`[^`\n]+`/gm;

/** Where a text of the model names comments. @param known ids it can mean; others are no mentions. */
export function findMentions(text: string, known: ReadonlySet<string>): readonly Mention[] {
  if (known.size === 0) return [];
  const codes = [...text.matchAll(code)].map(({ index, 0: { length } }) => [index, index + length]);
  return [...text.matchAll(markers)].flatMap(({ index: start, 0: marker }): Mention[] => {
    const end = start + marker.length;
    const within = codes.some(
      ([from = 0, to = 0]) => start >= from && end <= to && end - start < to - from,
    );
    if (within) return [];
    const named = [...marker.matchAll(/\d+/g)].map(([number]) => `C${Number(number)}`);
    const ids = [...new Set(named)].filter((id) => known.has(id));
    return ids.length > 0 ? [{ start, end, ids }] : [];
  });
}

/** The same text with what `replace` makes of each mention. */
export function replaceMentions(
  text: string,
  known: ReadonlySet<string>,
  replace: (mention: Mention) => string,
): string {
  let end = 0;
  const parts: string[] = [];
  for (const mention of findMentions(text, known)) {
    parts.push(text.slice(end, mention.start), replace(mention));
    end = mention.end;
  }
  return parts.join('') + text.slice(end);
}

/**
 * What a text of the model says to each comment it names, without the markers at the beginning: the paragraph, the
 * item of a list, or what stands under the heading that names it.
 */
export function answerTexts(
  text: string,
  known: ReadonlySet<string>,
): readonly { readonly id: string; readonly text: string }[] {
  const blocks = splitBlocks(text).map((block) => ({ block, ids: idsIn(block, known) }));
  const texts = new Map<string, string[]>();
  blocks.forEach(({ block, ids }, index) => {
    if (ids.length === 0) return;
    const words = withoutMarker(block, known);
    const parts = [words];
    let isOpen = words === '' || isHeading(block) || words.endsWith(':');
    for (const next of blocks.slice(index + 1)) {
      if (next.ids.length > 0 || isHeading(next.block)) break;
      const isCode = /^\s*(```|~~~)/.test(next.block);
      if (!isOpen && !isCode) break;
      parts.push(next.block.trim());
      // A heading opens all that stands under it, a bare marker one paragraph.
      if (!isHeading(block) && !next.block.trimEnd().endsWith(':')) isOpen = false;
    }
    const said = parts.filter((part) => part !== '').join('\n\n');
    for (const id of ids) texts.set(id, [...(texts.get(id) ?? []), said]);
  });
  return [...texts].map(([id, said]) => ({ id, text: said.join('\n\n') }));
}

function idsIn(block: string, known: ReadonlySet<string>): readonly string[] {
  return [...new Set(findMentions(block, known).flatMap(({ ids }) => ids))];
}

function isHeading(block: string): boolean {
  return /^ {0,3}#{1,6}\s/.test(block);
}

const listItem = /^\s*(?:[-*+]|\d+[.)])\s+/;

/** Paragraphs, items of lists, headings and fenced code. */
function splitBlocks(text: string): readonly string[] {
  const blocks: string[] = [];
  let current: string[] = [];
  let fence: string | undefined;
  const close = () => {
    if (current.some((line) => line.trim() !== '')) blocks.push(current.join('\n').trimEnd());
    current = [];
  };
  for (const line of text.split('\n')) {
    const mark = /^\s*(```|~~~)/.exec(line)?.[1];
    if (fence !== undefined) {
      current.push(line);
      if (mark === fence) fence = undefined;
      continue;
    }
    const inItem = listItem.test(current[0] ?? '');
    if (mark !== undefined) {
      if (!(inItem && /^\s/.test(line))) close();
      fence = mark;
    } else if (line.trim() === '') {
      if (!inItem) close();
    } else if (isHeading(line) || /^(?:[-*+]|\d+[.)])\s+/.test(line)) {
      close();
    } else if (inItem && /^\S/.test(line) && current.at(-1)?.trim() === '') {
      close();
    } else if (isHeading(current[0] ?? '')) {
      close();
    }
    current.push(line);
  }
  close();
  return blocks;
}

/** The words of a block without the marks it begins with, where it begins with a mention. */
function withoutMarker(block: string, known: ReadonlySet<string>): string {
  const lead = /^\s*(?:#{1,6}\s+|(?:[-*+]|\d+[.)])\s+|>\s*)*[*_]*/.exec(block)?.[0].length ?? 0;
  const [first] = findMentions(block, known);
  const plain = block.replace(/^\s*(?:#{1,6}\s+|(?:[-*+]|\d+[.)])\s+)/, '').trim();
  if (!first || first.start > lead) return plain;
  return block
    .slice(first.end)
    .replace(/^[*_]*\s*[:.\u2013\u2014-]?[*_]*\s*/, '')
    .trim();
}
