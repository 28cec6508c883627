import { Lexer, type Token } from 'marked';

/** Longer parts, longer lines and deeper nesting are nobody's prose, and cost the reader more than they say. */
const maxChars = 15_000;
const maxLineChars = 5_000;
const maxNesting = 16;

/** A line that opens so many quotes and lists at once that reading them would recurse as deep. */
const deepLine = new RegExp(`^(?:[ \\t]*(?:>|[-*+]|\\d{1,9}[.)])){${maxNesting},}`, 'm');
/** Brackets, stars and underscores in such a row nest as deep, and mean nothing. */
const deepMarks = /[[*_~!(]{40,}/;
/** As deep as a line may be indented and still belong to a list of a sane depth. */
const deepIndent = new RegExp(`^[ \\t]{${maxNesting * 4},}\\S`, 'm');

/**
 * Reads a part of Markdown into tokens; undefined where it is too long or too deep to be read as more than plain text.
 * Never throws, and its time is bounded whatever comes in.
 */
export function readMarkdown(text: string): readonly Token[] | undefined {
  const fenced = /^ {0,3}(?:```|~~~)/.test(text);
  if (!fenced && (text.length > maxChars || hasLongLine(text) || isDeep(text))) return undefined;
  try {
    return new Lexer({ gfm: true }).lex(text);
  } catch {
    // What marked cannot read (it recurses) is still text.
    return undefined;
  }
}

function isDeep(text: string): boolean {
  return deepLine.test(text) || deepMarks.test(text) || deepIndent.test(text);
}

function hasLongLine(text: string): boolean {
  for (let start = 0; start < text.length;) {
    const end = text.indexOf('\n', start);
    if ((end < 0 ? text.length : end) - start > maxLineChars) return true;
    if (end < 0) return false;
    start = end + 1;
  }
  return false;
}
