/** A piece of text that hides nothing: plain, or something whose look deceives with a label that tells. */
export type VisibleSegment =
  | { readonly kind: 'text'; readonly text: string }
  /** A long run of blanks or empty lines, drawn as its label. */
  | { readonly kind: 'blank'; readonly label: string }
  /** A character that is invisible, reorders text, or looks like another: `shown` is safe to draw. */
  | { readonly kind: 'odd'; readonly shown: string; readonly label: string };

/** Runs of blanks up to this length are drawn as they are: ordinary indentation. */
const maxPlainBlanks = 4;

/** Two line breaks are an empty line; more could push the rest out of sight. */
const maxPlainBreaks = 2;

/** Controls, blanks other than space, formatting, bidirectional marks, zero width, tags. */
const invisible =
  '\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u00a0\\u00ad\\u061c\\u115f\\u1160\\u1680\\u180e' +
  '\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u2800\\u3000\\u3164\\ufeff\\uffa0\\ufff0-\\ufffc' +
  '\\u{e0000}-\\u{e0fff}\\ud800-\\udfff';

/**
 * Characters drawn like ASCII ones: Greek, Cyrillic, Armenian and Cherokee letters, hyphens and dashes, quotes,
 * slashes and dots, full-width and mathematical forms. Whole blocks, after Unicode's confusables (UTS 39). Combining
 * marks and variation selectors are matched apart, by their category.
 */
const lookAlike =
  '\\u01c0-\\u01c3\\u0261\\u02b9-\\u02dd\\u0370-\\u03ff\\u0400-\\u052f\\u0531-\\u058f\\u05c0-\\u05f4\\u06d4\\u0701-\\u0704' +
  '\\u13a0-\\u13ff\\u1d00-\\u1d7f\\u2010-\\u2027\\u2030-\\u205e\\u2100-\\u214f\\u2160-\\u2188\\u2212\\u2215' +
  '\\u2216\\u2217\\u2223\\u2236\\u223c\\u2227\\u2228\\u23d0\\u2571-\\u2573\\u2768-\\u2775\\u2795\\u27cb\\u27cd\\u29f5-\\u29f9' +
  '\\u2c60-\\u2c7f\\u2d4f\\u2e17-\\u2e5d\\u3001-\\u3015\\u30fb\\ua4d0-\\ua4ff\\ua731-\\ua78c\\uff01-\\uff65\\u{1d400}-\\u{1d7ff}';

const pieces = new RegExp(
  `(?<blanks>[ \\t]{${maxPlainBlanks + 1},})|(?<tab>\\t)|(?<breaks>(?:[ \\t]*\\n){${maxPlainBreaks + 1},})` +
    `|(?<invisible>[${invisible}])|(?<lookAlike>[${lookAlike}]|\\p{M})`,
  'gu',
);

/** Splits text so that a person sees everything that is in it. Nothing is dropped or cut. */
export function makeVisible(text: string): readonly VisibleSegment[] {
  const segments: VisibleSegment[] = [];
  let end = 0;
  for (const match of text.matchAll(pieces)) {
    if (match.index > end) segments.push({ kind: 'text', text: text.slice(end, match.index) });
    end = match.index + match[0].length;
    segments.push(describe(match[0], match.groups ?? {}));
  }
  if (end < text.length) segments.push({ kind: 'text', text: text.slice(end) });
  return segments;
}

/** Joiners between pictures are how some of them are written. */
const invisibleOnly = new RegExp(
  `(?<!\\p{Extended_Pictographic}\\ufe0f?)\\u200d|(?!\\u200d)[${invisible}]`,
  'gu',
);

/** Splits code so that what cannot be seen, or reorders what can, stands out; everything else stays as it is. */
export function revealInvisible(text: string): readonly VisibleSegment[] {
  const segments: VisibleSegment[] = [];
  let end = 0;
  for (const match of text.matchAll(invisibleOnly)) {
    if (match.index > end) segments.push({ kind: 'text', text: text.slice(end, match.index) });
    end = match.index + match[0].length;
    segments.push({ kind: 'odd', shown: '', label: codePoint(match[0]) });
  }
  if (end < text.length) segments.push({ kind: 'text', text: text.slice(end) });
  return segments;
}

function describe(piece: string, groups: Record<string, string | undefined>): VisibleSegment {
  if (groups.blanks !== undefined) return { kind: 'blank', label: `${piece.length} blanks` };
  if (groups.breaks !== undefined) {
    return { kind: 'blank', label: `${piece.split('\n').length - 1} line breaks` };
  }
  if (groups.tab !== undefined) return { kind: 'odd', shown: '', label: 'tab' };
  return { kind: 'odd', shown: groups.lookAlike ?? '', label: codePoint(piece) };
}

function codePoint(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
