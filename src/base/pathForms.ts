import * as l10n from '@vscode/l10n';

/**
 * Why a path is written in a way that some system reads differently from what it looks like; undefined for a plain one.
 * The same on every system, so that what is refused on one is not a way in on another. Looks at the text alone.
 * @param path relative, `/` between segments; `..` is not judged here.
 */
export function oddForm(path: string): string | undefined {
  if (hasControlCharacter(path)) return l10n.t('it holds control characters');
  if (/%(2e|2f|5c|00)/i.test(path)) return l10n.t('it holds an encoded dot, slash or NUL');
  if (/^\\\\|(^|[\\/])\.\.\\|\\\.\.([\\/]|$)/.test(path))
    return l10n.t('it holds a path of Windows');
  for (const segment of path.split('/')) {
    if (/^[a-z]:/i.test(segment)) return l10n.t('it names a drive of Windows');
    if (/^(file|vscode|vscode-[\w-]+|untitled|https?|data):$/i.test(segment))
      return l10n.t('it is an address');
    if (/:\$\w+$/.test(segment)) return l10n.t('it names a stream of a file');
    if (/[. ]$/.test(segment) && segment !== '.' && segment !== '..') {
      return l10n.t('a name in it ends with a dot or a space');
    }
  }
  return undefined;
}

function hasControlCharacter(text: string): boolean {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return true;
  }
  return false;
}
