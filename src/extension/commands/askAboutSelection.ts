import * as vscode from 'vscode';
import { askWith } from '../askWith';
import { selectionAttachment } from '../selectionAttachment';
import type { Command } from './command';

/**
 * Asks for a question right here; the answer comes in the panel with the selection attached. Whoever calls the command
 * with words only fills them in: the person sends them.
 */
export const askAboutSelection: Command = {
  id: 'tandem.askAboutSelection',
  async run(host, question) {
    await host.shown.restore();
    const attachment = await selectionAttachment(host.shown.current?.cwd, host.settings);
    const { path, startLine, endLine } = attachment;
    const lines = startLine === endLine ? `${startLine}` : `${startLine}-${endLine}`;
    await askWith(host, {
      title: vscode.l10n.t('Ask Tandem About {0}:{1}', path, lines),
      value: typeof question === 'string' ? question : '',
      attachments: [attachment],
    });
  },
};
