import * as vscode from 'vscode';
import { pickModel } from '../pickModel';
import type { Command } from './command';

/** Lets the person choose the model of the next turns, or type its id. */
export const selectModel: Command = {
  id: 'tandem.selectModel',
  async run(host) {
    const model = await pickModel(vscode.window.createQuickPick(), host);
    if (model !== undefined) await host.settings.update('model', model);
  },
};
