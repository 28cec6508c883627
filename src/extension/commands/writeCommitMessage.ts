import * as vscode from 'vscode';
import { repositoryProblem } from '../repositoryProblem';
import { gitInputBox } from '../gitInputBox';
import { RequestError } from '../requestError';
import { requireTrust } from '../requireTrust';
import { showMessage } from '../showMessage';
import { whileStoppable } from '../whileStoppable';
import type { Command } from './command';

/** Drafts a commit message from what the shown thread changed, into the message box of Source Control. */
export const writeCommitMessage: Command = {
  id: 'tandem.writeCommitMessage',
  async run({ shown }) {
    await shown.restore();
    const thread = shown.current;
    if (!thread) throw new RequestError('notFound', vscode.l10n.t('No thread is shown.'));
    requireTrust(thread.cwd);
    const box = await gitInputBox(thread.cwd);
    const before = box?.value ?? '';
    const title = vscode.l10n.t('Writing the commit message');
    const draft = await whileStoppable(title, (signal) =>
      thread.drafts.commitMessage(signal),
    ).catch((error: unknown) => {
      throw repositoryProblem(error) ?? error;
    });
    if (!draft) return;
    if (!box) {
      const document = await vscode.workspace.openTextDocument({ content: draft.text });
      await vscode.window.showTextDocument(document);
    } else if (box.value === before && (before === '' || (await mayReplace()))) {
      box.value = draft.text;
    }
  },
};

async function mayReplace(): Promise<boolean> {
  const replace = vscode.l10n.t('Replace');
  const question = vscode.l10n.t('The message box of Source Control has a message already.');
  return (await showMessage('warning', question, replace)) === replace;
}
