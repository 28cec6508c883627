import * as vscode from 'vscode';
import instructionsPrompt from '../models/instructionsPrompt.md';
import type { ViewRequestName } from '../protocol/viewProtocol';
import type { Host } from './host';
import { startOrQueue } from './sendInput';
import type { ViewHandlers } from './viewBridge';
import { activeFolder } from './workspaceFolder';

type StatusRequests = Extract<
  ViewRequestName,
  'thread/context' | 'thread/status' | 'instructions/write'
>;

/** What stands behind `/status`, the context meter and `/init`. */
export function createStatusHandlers(host: Host): Pick<ViewHandlers, StatusRequests> {
  const { shown, settings } = host;
  return {
    'thread/context': async () => {
      const thread = shown.current;
      if (!thread || thread.state.turns.length === 0) return null;
      return thread.contextUse(settings.turnContext(thread.cwd));
    },
    'thread/status': async () => ({
      folder: shown.current?.cwd ?? activeFolder()?.uri.fsPath ?? null,
      // Nothing of an untrusted folder is touched, and the check starts a program.
      sandboxUnavailable: vscode.workspace.isTrusted
        ? ((await (await shown.all()).sandboxUnavailable()) ?? null)
        : null,
    }),
    'instructions/write': async ({ words }) => {
      const text = [instructionsPrompt.trim(), words.trim()].filter((part) => part !== '');
      await startOrQueue(host, { text: text.join('\n\n'), attachments: [] });
      return null;
    },
  };
}
