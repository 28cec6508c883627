import * as vscode from 'vscode';
import { selectionAttachment } from '../selectionAttachment';
import { startOrSteer } from '../sendInput';
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
    const text = await askQuestion(attachment, typeof question === 'string' ? question : '');
    if (!text?.trim()) return;
    await startOrSteer(host, { text: text.trim(), attachments: [attachment] });
    await host.view.reveal();
  },
};

function askQuestion(
  { path, startLine, endLine }: Awaited<ReturnType<typeof selectionAttachment>>,
  value: string,
) {
  const lines = startLine === endLine ? `${startLine}` : `${startLine}-${endLine}`;
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Ask Tandem About {0}:{1}', path, lines),
    prompt: vscode.l10n.t('What do you want to know, or have done?'),
    value,
    ignoreFocusOut: true,
  });
}
