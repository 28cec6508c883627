import * as l10n from '@vscode/l10n';
import { formatNumber } from '../base/language';

/** Caps of what is parsed at all, checked first since they cost nothing; what is larger is never understood. */
export const maxLength = 8_192;
export const maxCommands = 50;
/** Of all commands of a line together. */
export const maxWordsInLine = 400;
const maxNesting = 20;

/** Why a line is too large to be parsed, as a phrase for people; undefined where it is not. */
export function whyTooLarge(line: string): string | undefined {
  if (line.length > maxLength) {
    return l10n.t('is too long to be judged ({0} characters)', formatNumber(line.length));
  }
  return nesting(line) > maxNesting ? l10n.t('is nested too deeply to be judged') : undefined;
}

/** How deep brackets stand in each other at most. Quotes are not looked at: to count too many only asks. */
function nesting(line: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of line) {
    if (character === '(' || character === '{') deepest = Math.max(deepest, ++depth);
    else if (character === ')' || character === '}') depth = Math.max(0, depth - 1);
  }
  return deepest;
}

/** A line that names more of them is not searched to its end. */
const maxFound = 1_000;
/** Longer stretches between separators are cut: what a program is told stands near its name. */
const maxWords = 64;

/**
 * Word lists in which every command of a line is found somewhere, made without parsing: for lines that no parser
 * understands. Each list begins at a word that `isOfInterest`; quotes and escapes are dropped.
 * Undefined where that are too many.
 */
export function wordsFromText(
  line: string,
  isOfInterest: (word: string) => boolean,
): readonly (readonly string[])[] | undefined {
  const found: string[][] = [];
  for (const part of line.split(/[;&|()\n`]/)) {
    const words = part.replace(/['"\\]/g, '').split(/[\s{}]+/);
    for (const [index, word] of words.entries()) {
      if (!isOfInterest(word)) continue;
      found.push(words.slice(index, index + maxWords));
      if (found.length > maxFound) return undefined;
    }
  }
  return found;
}
