import * as vscode from 'vscode';
import { repositoryProblem } from '../repositoryProblem';
import { RequestError } from '../requestError';
import type { Command } from './command';

/** Shows what a commit of the accepted changes would hold, with its message to edit. */
export const commitAccepted: Command = {
  id: 'tandem.commitAccepted',
  async run({ shown, view }) {
    await shown.restore();
    const thread = shown.current;
    if (!thread) throw new RequestError('notFound', vscode.l10n.t('No thread is shown.'));
    try {
      await thread.commits.preview(new AbortController().signal);
    } catch (error) {
      throw repositoryProblem(error) ?? error;
    }
    await view.reveal();
    view.tell('commit/asked', {});
  },
};
