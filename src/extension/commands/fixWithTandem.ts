import * as vscode from 'vscode';
import { askWith } from '../askWith';
import { problemAttachments } from '../problemAttachments';
import type { Command } from './command';

/** Has the agent fix the problems of a line; the person sends the words, which stand there already. */
export const fixWithTandem: Command = {
  id: 'tandem.fixWithTandem',
  async run(host, ...place) {
    await host.shown.restore();
    const { place: where, count, attachments } = await problemAttachments(host, place);
    await askWith(host, {
      title: vscode.l10n.t('Fix with Tandem: {0}', where),
      value:
        count === 1 ? vscode.l10n.t('Fix this problem.') : vscode.l10n.t('Fix these problems.'),
      attachments,
    });
  },
};
