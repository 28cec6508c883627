import * as vscode from 'vscode';
import type { Disposable } from '../base/disposable';
import type { Host } from './host';
import { showMessage } from './showMessage';

/**
 * Answers links such as `vscode://tandem.tandem/new?prompt=...`, which any page and program can open: the text goes into
 * the message box, for the person to read. Nothing is sent, no thread changes, no setting, and the box is not given the
 * focus, so that a key that was on its way cannot send it.
 */
export function registerPromptLink(host: Pick<Host, 'view' | 'log'>): Disposable {
  return vscode.window.registerUriHandler(createPromptLinkHandler(host));
}

export function createPromptLinkHandler({
  view,
  log,
}: Pick<Host, 'view' | 'log'>): vscode.UriHandler {
  return {
    async handleUri({ path, query }) {
      const { readPromptLink } = await import('./heavyParts');
      const text = readPromptLink(path, query);
      if (text === undefined) return log.warn('A link that Tandem does not know was opened.');
      await view.reveal();
      view.tell('composer/filled', { text });
      void showMessage(
        'information',
        vscode.l10n.t('A link wrote into the message box of Tandem. Read it before you send it.'),
      );
    },
  };
}
