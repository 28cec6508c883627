import * as vscode from 'vscode';
import { createRepositoryDiffs } from '../../adapters/git/repositoryDiffs';
import { toldMessage } from '../../base/toldError';
import { ReviewTargetError } from '../../ports/reviewDiffs';
import type { TextAttachment } from '../../protocol/input';
import { RequestError } from '../requestError';
import { boundedText, nothingThere } from './boundedText';

/** A repository that takes longer hangs. */
const limitMs = 20_000;

/**
 * What is not committed below a folder, as a diff; of hidden files nothing.
 * @param isVisible says of a path relative to the folder whether the agent may see it.
 * @throws RequestError where there is no repository, or nothing changed.
 */
export async function attachDiff(
  folder: string,
  isVisible: (path: string) => boolean,
): Promise<TextAttachment> {
  const reader = createRepositoryDiffs(folder);
  const signal = AbortSignal.timeout(limitMs);
  const { files } = await reader.read({ kind: 'uncommitted' }, signal).catch((error: unknown) => {
    if (!(error instanceof ReviewTargetError)) throw error;
    throw new RequestError(
      'failed',
      vscode.l10n.t('The changes could not be read. {0}', toldMessage(error)),
    );
  });
  const visible = files.filter(({ path }) => isVisible(path));
  if (visible.length === 0) {
    throw nothingThere(vscode.l10n.t('Everything in this folder is committed.'));
  }
  const lines = visible.flatMap(({ path, kind, diff }) => [
    `${{ add: 'new file', delete: 'deleted file', update: 'file' }[kind]} ${path}`,
    ...diff.replace(/\n$/, '').split('\n'),
  ]);
  return { kind: 'text', source: 'diff', name: '', ...boundedText(lines) };
}
