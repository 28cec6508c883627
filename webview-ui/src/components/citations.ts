import { readWebAddress, type WebAddress } from '../../../src/protocol/webAddress';

/** A place in the workspace named in text: `src/slug.js:1`. `line` counts from 1. */
export interface Citation {
  readonly path: string;
  readonly line: number;
}

/** A piece of text: plain, or a citation as it was written. */
export type CitedText =
  { readonly text: string } | { readonly text: string; readonly citation: Citation };

/**
 * A path with a file name (an extension, or a folder before it), a colon and a line; a column or a range may
 * follow. Not inside a URL or a longer word. Each part is bounded, so that no text takes long.
 */
const citationPattern =
  /(?<![\w:/.@+-])(?<path>(?:\.{1,2}\/){0,9}(?:[\w@.+-]{1,255}\/){0,40}(?:[\w@+-][\w@.+-]{0,255}\.[A-Za-z]\w{0,30}|(?<=\/)[\w@+-]{1,255})):(?<line>[1-9]\d{0,6})(?:[-–:]L?\d+){0,9}(?![\w/])/g;

/** Finds citations in plain text; the pieces joined are the text. */
export function splitCitations(text: string): readonly CitedText[] {
  const pieces: CitedText[] = [];
  let end = 0;
  for (const match of text.matchAll(citationPattern)) {
    const { path = '', line = '' } = match.groups ?? {};
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    end = match.index + match[0].length;
    pieces.push({ text: match[0], citation: { path: stripDot(path), line: Number(line) } });
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

/** Where a Markdown link leads. */
export type LinkTarget =
  | { readonly kind: 'web'; readonly address: WebAddress }
  | { readonly kind: 'file'; readonly path: string; readonly line?: number }
  /** A comment of the person, by its id. */
  | { readonly kind: 'comment'; readonly id: string }
  /** Nowhere we would go: drawn as text. */
  | { readonly kind: 'none' };

const commentScheme = 'tandem-comment:';

/** The address that a comment's link in Markdown has. */
export function commentHref(id: string): string {
  return commentScheme + id;
}

/** Sorts out a link's target: the web through the host, workspace paths as files, anything else dead. */
export function readLink(href: string): LinkTarget {
  const address = readWebAddress(href);
  if (address) return { kind: 'web', address };
  if (href.startsWith(commentScheme)) {
    return { kind: 'comment', id: href.slice(commentScheme.length) };
  }
  const [whole] = splitCitations(href);
  if (whole && 'citation' in whole && whole.text === href)
    return { kind: 'file', ...whole.citation };
  if (/^[a-z][a-z0-9+.-]*:/i.test(href) || href.startsWith('#') || href === '') {
    return { kind: 'none' };
  }
  const [path = '', fragment = ''] = decodePath(href).split('#');
  // Another scheme in disguise, a share of another machine, or no name of a file at all.
  if (/[:&\\\0-\x1f]|^\/\//.test(path)) return { kind: 'none' };
  const line = /^L(\d+)/.exec(fragment)?.[1];
  return { kind: 'file', path: stripDot(path), ...(line ? { line: Number(line) } : {}) };
}

function decodePath(href: string): string {
  try {
    return decodeURI(href);
  } catch {
    return href;
  }
}

function stripDot(path: string): string {
  return path.replace(/^(?:\.\/)+/, '');
}
