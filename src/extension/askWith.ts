import * as vscode from 'vscode';
import type { Attachment, UserInput } from '../protocol/input';
import type { Host } from './host';
import { messageText } from './messageText';
import { startOrSteer } from './sendInput';

/** What the person is asked about something that goes along. */
export interface Asking {
  readonly title: string;
  /** What stands in the box already; nothing is sent before the person does. */
  readonly value: string;
  readonly attachments: readonly Attachment[];
}

/**
 * Asks for words right here; they are sent with the attachments, and the answer comes in the panel.
 * @throws RequestError as startOrSteer does; words and attachments stand in the message box then, to be sent later.
 */
export async function askWith(host: Host, { title, value, attachments }: Asking): Promise<void> {
  const text = await vscode.window.showInputBox({
    title: messageText(title),
    prompt: vscode.l10n.t('What do you want to know, or have done?'),
    value,
    ignoreFocusOut: true,
  });
  if (!text?.trim()) return;
  const input = { text: text.trim(), attachments };
  try {
    await startOrSteer(host, input);
  } catch (error) {
    await keepAsDraft(host, input);
    throw error;
  }
  await host.view.reveal();
}

async function keepAsDraft({ view }: Host, { text, attachments }: UserInput): Promise<void> {
  await view.reveal();
  view.tell('composer/filled', { text });
  view.tell('composer/attached', { attachments });
}
