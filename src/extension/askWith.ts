import * as vscode from 'vscode';
import type { Attachment } from '../protocol/input';
import type { Host } from './host';
import { startOrSteer } from './sendInput';

/** What the person is asked about something that goes along. */
export interface Asking {
  readonly title: string;
  /** What stands in the box already; nothing is sent before the person does. */
  readonly value: string;
  readonly attachments: readonly Attachment[];
}

/** Asks for words right here; they are sent with the attachments, and the answer comes in the panel. */
export async function askWith(host: Host, { title, value, attachments }: Asking): Promise<void> {
  const text = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('What do you want to know, or have done?'),
    value,
    ignoreFocusOut: true,
  });
  if (!text?.trim()) return;
  await startOrSteer(host, { text: text.trim(), attachments });
  await host.view.reveal();
}
