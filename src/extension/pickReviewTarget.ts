import * as vscode from 'vscode';
import { listBranches, listCommits } from '../adapters/git/reviewChoices';
import { toldMessage } from '../base/toldError';
import type { RepositoryTarget } from '../ports/reviewDiffs';
import { pickText } from './pickText';
import { RequestError } from './requestError';

/** A repository that takes longer hangs. */
const limitMs = 30_000;

/**
 * Lets the person choose what to review, of one kind where it is named; undefined where they chose nothing.
 * @throws RequestError where git cannot be asked.
 */
export async function pickReviewTarget(
  folder: string,
  kind?: RepositoryTarget['kind'],
): Promise<RepositoryTarget | undefined> {
  switch (kind ?? (await pickKind())) {
    case undefined:
      return undefined;
    case 'uncommitted':
      return { kind: 'uncommitted' };
    case 'base': {
      const ref = await pickBranch(folder);
      return ref === undefined ? undefined : { kind: 'base', ref };
    }
    case 'commit': {
      const sha = await pickCommit(folder);
      return sha === undefined ? undefined : { kind: 'commit', sha };
    }
  }
}

async function pickKind(): Promise<RepositoryTarget['kind'] | undefined> {
  const kinds: readonly (vscode.QuickPickItem & {
    readonly kindOfTarget: RepositoryTarget['kind'];
  })[] = [
    {
      kindOfTarget: 'uncommitted',
      label: vscode.l10n.t('Uncommitted changes'),
      description: vscode.l10n.t('staged, unstaged and new files'),
    },
    {
      kindOfTarget: 'base',
      label: vscode.l10n.t('Changes since a base branch…'),
      description: vscode.l10n.t('what a pull request would hold, and what is not committed yet'),
    },
    { kindOfTarget: 'commit', label: vscode.l10n.t('A commit…') },
  ];
  const placeHolder = vscode.l10n.t('Review what?');
  const chosen = await vscode.window.showQuickPick(kinds, { placeHolder, ignoreFocusOut: true });
  return chosen?.kindOfTarget;
}

async function pickBranch(folder: string): Promise<string | undefined> {
  const branches = await read(listBranches(folder, AbortSignal.timeout(limitMs)));
  if (branches.length === 0) {
    throw new RequestError('failed', vscode.l10n.t('There is no other branch to compare with.'));
  }
  const placeHolder = vscode.l10n.t('The branch that the changes are to go into');
  const items = branches.map((name) => ({ name, label: pickText(name) }));
  return (await vscode.window.showQuickPick(items, { placeHolder, ignoreFocusOut: true }))?.name;
}

async function pickCommit(folder: string): Promise<string | undefined> {
  const commits = await read(listCommits(folder, AbortSignal.timeout(limitMs)));
  const items = commits.map(({ sha, subject, about }) => ({
    sha,
    label: pickText(subject) || sha.slice(0, 12),
    description: `${sha.slice(0, 8)}  ${pickText(about)}`,
  }));
  const placeHolder = vscode.l10n.t('The commit to review');
  const options = { placeHolder, matchOnDescription: true, ignoreFocusOut: true };
  return (await vscode.window.showQuickPick(items, options))?.sha;
}

async function read<T>(listed: Promise<T>): Promise<T> {
  try {
    return await listed;
  } catch (error) {
    const words = toldMessage(error);
    throw new RequestError('failed', vscode.l10n.t('Git could not be asked: {0}', words));
  }
}
