import * as vscode from 'vscode';
import { cleanTerminalText } from '../../base/terminalText';
import { askWith } from '../askWith';
import { boundedText } from '../mentions/boundedText';
import { RequestError } from '../requestError';
import { readTerminalSelection } from '../terminals/terminalSelection';
import type { Command } from './command';

/** Asks for a question right here, about what is selected in the active terminal. */
export const addTerminalSelection: Command = {
  id: 'tandem.addTerminalSelection',
  async run(host) {
    const { activeTerminal } = vscode.window;
    const selected = activeTerminal ? cleanTerminalText(await readTerminalSelection()).trim() : '';
    if (!activeTerminal || selected === '') {
      throw new RequestError('invalid', vscode.l10n.t('Select some text in a terminal first.'));
    }
    await host.shown.restore();
    const { name } = activeTerminal;
    const text = boundedText(selected.split('\n'));
    await askWith(host, {
      title: vscode.l10n.t('Ask Tandem About the Selection in {0}', name),
      value: '',
      attachments: [{ kind: 'text', source: 'terminal', name, ...text }],
    });
  },
};
