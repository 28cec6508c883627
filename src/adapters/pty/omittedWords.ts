import * as l10n from '@vscode/l10n';

/** What stands in the place of output that was left out. */
export function omittedWords(bytes: number): string {
  return l10n.t('…{0} bytes omitted…', bytes);
}
