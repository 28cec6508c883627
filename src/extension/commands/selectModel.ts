import * as vscode from 'vscode';
import { offeredModels } from '../offeredModels';
import type { Command } from './command';

/** Lets the person choose the model of the next turns. */
export const selectModel: Command = {
  id: 'tandem.selectModel',
  async run({ settings }) {
    const current = settings.get('model');
    const choices = await offeredModels(settings);
    const items = choices.map(({ id, label, contextWindow }) => ({
      id,
      label,
      description: id === current ? vscode.l10n.t('in use') : '',
      detail: vscode.l10n.t('reads {0} tokens', contextWindow.toLocaleString(vscode.env.language)),
    }));
    const picked = await vscode.window.showQuickPick(items, {
      placeHolder: vscode.l10n.t('Model of the next turns'),
    });
    if (picked) await settings.update('model', picked.id);
  },
};
