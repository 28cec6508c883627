import * as l10n from '@vscode/l10n';
import { writeOutHidden } from '../protocol/visibleText';

/** More than anybody reads before they send it. */
const maxCharacters = 4000;

/**
 * The text that a link (its path and its query, both decoded) puts into the message box, with everything that cannot be
 * seen written out; undefined for any other link. Whatever follows `prompt=` is text, so nothing else can be passed.
 */
export function readPromptLink(path: string, query: string): string | undefined {
  const prompt = /^prompt=([^]*)$/.exec(query)?.[1]?.trim();
  if (path !== '/new' || !prompt) return undefined;
  const characters = [...prompt];
  const kept = characters.slice(0, maxCharacters).join('');
  const left = characters.length - maxCharacters;
  if (left <= 0) return writeOutHidden(kept);
  return writeOutHidden(`${kept}\n${l10n.t('[{0} more characters of the link left out]', left)}`);
}
