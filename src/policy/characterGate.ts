import * as l10n from '@vscode/l10n';
/** What may stand in a line that is looked at: line feeds, printable ASCII, letters and digits of any language. */
const odd = /[^\n\x20-\x7e\p{L}\p{N}]|\p{Default_Ignorable_Code_Point}/gu;
/** More are counted rather than named. */
const maxNamed = 3;

/**
 * The characters of a line that shells, parsers and people may take for different things: controls, other blanks,
 * invisible ones. Each once, as `U+200B`; empty where there are none.
 */
export function oddCharacters(line: string): readonly string[] {
  const found = [...new Set(line.match(odd) ?? [])].map(
    (character) =>
      `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
  );
  if (found.length <= maxNamed) return found;
  return [...found.slice(0, maxNamed), l10n.t('{0} more', found.length - maxNamed)];
}
