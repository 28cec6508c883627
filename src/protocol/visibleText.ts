import * as l10n from '@vscode/l10n';

/**
 * A piece of text that hides nothing: plain, or something whose look deceives with a label that tells. `raw` is what
 * stands in the text; the pieces' texts joined are the text.
 */
export type VisibleSegment =
  | { readonly kind: 'text'; readonly text: string }
  /** A long run of blanks or empty lines, drawn as its label. */
  | { readonly kind: 'blank'; readonly raw: string; readonly label: string }
  /** A character that is invisible, reorders text, or looks like another: `shown` is safe to draw. */
  | {
      readonly kind: 'odd';
      readonly raw: string;
      readonly shown: string;
      readonly label: string;
    };

/** Runs of blanks up to this length are drawn as they are: ordinary indentation. */
const maxPlainBlanks = 4;

/** Two line breaks are an empty line; more could push the rest out of sight. */
const maxPlainBreaks = 2;

/**
 * What nobody sees: controls but tab and line feed, halves of characters, and all that Unicode has drawn as nothing
 * (zero width, bidirectional marks, tags, variation selectors, soft hyphen, fillers).
 */
const hidden =
  '\\p{Default_Ignorable_Code_Point}\\p{Cs}\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u2028\\u2029\\ufff9-\\uffff';

/** Blanks other than space, tab and line feed. */
const oddBlanks = '\\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u2800\\u3000';

/** Joiners and selectors as they stand in pictures: how some of those are written. */
const pictureParts =
  '(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}]\\ufe0f?)\\u200d(?=\\p{Extended_Pictographic})' +
  '|(?<=\\p{Extended_Pictographic})[\\ufe0e\\ufe0f]|(?<=[0-9#*])\\ufe0f(?=\\u20e3)';

/**
 * Characters drawn like ASCII ones: Greek, Cyrillic, Armenian and Cherokee letters, hyphens and dashes, quotes,
 * slashes and dots, full-width and mathematical forms. Whole blocks, after Unicode's confusables (UTS 39). Combining
 * marks are matched apart, by their category.
 */
const lookAlike =
  '\\u01c0-\\u01c3\\u0261\\u02b9-\\u02dd\\u0370-\\u03ff\\u0400-\\u052f\\u0531-\\u058f\\u05c0-\\u05f4\\u06d4\\u0701-\\u0704' +
  '\\u13a0-\\u13ff\\u1d00-\\u1d7f\\u2010-\\u2027\\u2030-\\u205e\\u2100-\\u214f\\u2160-\\u2188\\u2212\\u2215' +
  '\\u2216\\u2217\\u2223\\u2236\\u223c\\u2227\\u2228\\u23d0\\u2571-\\u2573\\u2768-\\u2775\\u2795\\u27cb\\u27cd\\u29f5-\\u29f9' +
  '\\u2c60-\\u2c7f\\u2d4f\\u2e17-\\u2e5d\\u3001-\\u3015\\u30fb\\ua4d0-\\ua4ff\\ua731-\\ua78c\\uff01-\\uff65\\u{1d400}-\\u{1d7ff}';

const anyOdd = new RegExp(
  `(?<breaks>(?:[ \\t]*\\n){${maxPlainBreaks + 1},})|(?<blanks>[ \\t]{${maxPlainBlanks + 1},})|(?<tab>\\t)` +
    `|(?<invisible>[${hidden}${oddBlanks}])\\k<invisible>*|(?<lookAlike>[${lookAlike}]|\\p{M})`,
  'gu',
);

/**
 * Splits text that a person decides on, such as a command, so that they see everything that is in it. Nothing is
 * dropped or cut.
 */
export function makeVisible(text: string): readonly VisibleSegment[] {
  return split(text, anyOdd);
}

/** As `makeVisible`, for a name or a place: it stands in one line, so a line break is told as well. */
export function makeAskedNameVisible(name: string): readonly VisibleSegment[] {
  return split(name, lineBreaks).flatMap((segment) =>
    segment.kind === 'text' ? makeVisible(segment.text) : [segment],
  );
}

const lineBreaks = /(?<invisible>\n)\k<invisible>*/gu;

const invisibleOnly = new RegExp(
  `(?!${pictureParts})(?<invisible>[${hidden}${oddBlanks}])(?:(?!${pictureParts})\\k<invisible>)*`,
  'gu',
);

/** Splits code so that what cannot be seen, or reorders what can, stands out; everything else stays as it is. */
export function revealInvisible(text: string): readonly VisibleSegment[] {
  return split(text, invisibleOnly);
}

/** In prose a carriage return ends a line together with what follows. */
const plainParts = `${pictureParts}|\\r(?=\\n)`;

const hiddenOnly = new RegExp(
  `(?!${plainParts})(?<invisible>[${hidden}])(?:(?!${plainParts})\\k<invisible>)*`,
  'gu',
);

/** As `revealInvisible`, but blanks of any kind are left: for prose and what programs print. */
export function revealHidden(text: string): readonly VisibleSegment[] {
  return split(text, hiddenOnly);
}

const oddInNames = new RegExp(
  `(?<blanks>^ +| +$| {2,})|(?<tab>\\t)|(?!${pictureParts})(?<invisible>[\\n${hidden}${oddBlanks}])\\k<invisible>*`,
  'gu',
);

const word = /[\p{L}\p{M}]+/gu;
const someLookAlike = new RegExp(`[${lookAlike}]`, 'u');

/**
 * Splits the name of a file, a folder or a host: line breaks, blanks at the ends and everything invisible are told,
 * and foreign letters only where a word mixes them with ASCII ones.
 */
export function makeNameVisible(name: string): readonly VisibleSegment[] {
  return split(name, oddInNames).flatMap((segment) =>
    segment.kind === 'text' ? tellMixedWords(segment.text) : [segment],
  );
}

/** A name in one line of plain text, for places that draw no marks: `a⟨U+202E⟩b`. */
export function spellOut(name: string): string {
  return makeNameVisible(name)
    .map((segment) =>
      segment.kind === 'text'
        ? segment.text
        : `${segment.kind === 'odd' ? segment.shown : ''}⟨${segment.label}⟩`,
    )
    .join('');
}

/** What text holds that nobody sees: how many characters, and which code points, most frequent first. */
export function countHidden(text: string): {
  readonly count: number;
  readonly kinds: readonly string[];
} {
  const counts = new Map<string, number>();
  let count = 0;
  for (const [run] of text.matchAll(hiddenOnly)) {
    const label = codePoint(run);
    const length = characters(run);
    counts.set(label, (counts.get(label) ?? 0) + length);
    count += length;
  }
  const kinds = [...counts].sort(([, one], [, other]) => other - one).map(([label]) => label);
  return { count, kinds };
}

/** Text with each hidden character written out as `⟨U+202E⟩`, so that whoever reads it reads all of it. */
export function writeOutHidden(text: string): string {
  return text.replace(hiddenOnly, (run) => `⟨${labelOf(run)}⟩`);
}

/** Text without what nobody sees in it. */
export function removeHidden(text: string): string {
  return text.replace(hiddenOnly, '');
}

/** Letters that look like ASCII ones are told where they stand in a word with ASCII ones. */
function tellMixedWords(text: string): readonly VisibleSegment[] {
  const segments: VisibleSegment[] = [];
  let end = 0;
  for (const match of text.matchAll(word)) {
    if (!/[A-Za-z]/.test(match[0]) || !someLookAlike.test(match[0])) continue;
    if (match.index > end) segments.push({ kind: 'text', text: text.slice(end, match.index) });
    end = match.index + match[0].length;
    for (const segment of makeVisible(match[0])) segments.push(segment);
  }
  if (end < text.length) segments.push({ kind: 'text', text: text.slice(end) });
  return segments;
}

function split(text: string, odd: RegExp): readonly VisibleSegment[] {
  const segments: VisibleSegment[] = [];
  let end = 0;
  for (const match of text.matchAll(odd)) {
    if (match.index > end) segments.push({ kind: 'text', text: text.slice(end, match.index) });
    end = match.index + match[0].length;
    segments.push(describe(match[0], match.groups ?? {}));
  }
  if (end < text.length) segments.push({ kind: 'text', text: text.slice(end) });
  return segments;
}

function describe(raw: string, groups: Record<string, string | undefined>): VisibleSegment {
  if (groups['blanks'] !== undefined) {
    const label = raw.length === 1 ? l10n.t('1 blank') : l10n.t('{0} blanks', raw.length);
    return { kind: 'blank', raw, label };
  }
  if (groups['breaks'] !== undefined) {
    return { kind: 'blank', raw, label: l10n.t('{0} line breaks', raw.split('\n').length - 1) };
  }
  if (groups['tab'] !== undefined) return { kind: 'odd', raw, shown: '', label: l10n.t('tab') };
  return { kind: 'odd', raw, shown: groups['lookAlike'] ?? '', label: labelOf(raw) };
}

/** `U+200B`, and how often where it stands there several times in a row. */
function labelOf(run: string): string {
  const count = characters(run);
  return count === 1 ? codePoint(run) : `${codePoint(run)} × ${count}`;
}

function codePoint(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** A run is of one character, so its length tells. */
function characters(run: string): number {
  return (run.codePointAt(0) ?? 0) > 0xffff ? run.length / 2 : run.length;
}
