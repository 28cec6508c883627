import * as vscode from 'vscode';
import { selectionAttachment } from '../selectionAttachment';
import { startOrSteer } from '../sendInput';
import type { Command } from './command';

/** Asks for a question right here; the answer comes in the panel with the selection attached. */
export const askAboutSelection: Command = {
  id: 'tandem.askAboutSelection',
  async run(host, question) {
    await host.shown.restore();
    const attachment = await selectionAttachment(host.shown.current?.cwd);
    const text = typeof question === 'string' ? question : await askQuestion(attachment);
    if (!text?.trim()) return;
    await startOrSteer(host, { text: text.trim(), attachments: [attachment] });
    await host.view.reveal();
  },
};

function askQuestion({
  path,
  startLine,
  endLine,
}: Awaited<ReturnType<typeof selectionAttachment>>) {
  const lines = startLine === endLine ? `${startLine}` : `${startLine}-${endLine}`;
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Ask Tandem About {0}:{1}', path, lines),
    prompt: vscode.l10n.t('What do you want to know, or have done?'),
    ignoreFocusOut: true,
  });
}
