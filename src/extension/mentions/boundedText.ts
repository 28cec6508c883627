import * as vscode from 'vscode';
import { RequestError } from '../requestError';

/** Characters of an attached text at most: about a tenth of what a model can read. */
const maxCharacters = 100_000;

/** Whole lines from the start while they fit; `cut` where some are left out, which a last line says. */
export function boundedText(lines: readonly string[]): {
  readonly text: string;
  readonly cut?: true;
} {
  let length = 0;
  const tooMany = lines.findIndex((line) => (length += line.length + 1) > maxCharacters);
  if (tooMany < 0) return { text: lines.join('\n') };
  const left = lines.length - tooMany;
  return {
    text: [...lines.slice(0, tooMany), `(${left} more lines left out)`].join('\n'),
    cut: true,
  };
}

/** For a mention of something that is not there. */
export function nothingThere(message: string): RequestError {
  return new RequestError('notFound', message);
}

/** Of the problems, the terminal and the like where no folder is open. */
export function noFolder(): RequestError {
  return new RequestError('invalid', vscode.l10n.t('Open a folder first.'));
}
