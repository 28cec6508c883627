import * as vscode from 'vscode';
import { repositoryProblem } from './repositoryProblem';
import { RequestError } from './requestError';
import { requireTrust } from './requireTrust';
import type { ShownThread } from './shownThread';
import { whileStoppable } from './whileStoppable';

/** Drafts a pull request of what the shown thread changed and opens it, for the person to edit and copy. */
export async function openPullRequest(shown: Pick<ShownThread, 'current'>): Promise<void> {
  const thread = shown.current;
  if (!thread) throw new RequestError('notFound', vscode.l10n.t('No thread is shown.'));
  requireTrust(thread.cwd);
  const title = vscode.l10n.t('Writing the pull request text');
  const draft = await whileStoppable(title, (signal) => thread.drafts.pullRequest(signal)).catch(
    (error: unknown) => {
      throw repositoryProblem(error) ?? error;
    },
  );
  if (!draft) return;
  const document = await vscode.workspace.openTextDocument({
    content: draft.text,
    language: 'markdown',
  });
  await vscode.window.showTextDocument(document);
}
