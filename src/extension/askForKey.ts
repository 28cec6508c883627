import * as vscode from 'vscode';
import type { ConnectionReport } from '../adapters/openai/testConnection';
import { DisposableStore } from '../base/disposable';
import { toldMessage } from '../base/toldError';
import { checkConnection, showReport } from './checkConnection';
import type { Host } from './host';
import { messageText } from './messageText';
import { showMessage } from './showMessage';

/** A key that the person wants kept; the report is absent where they did not want it tested. */
export interface GivenKey {
  readonly key: string;
  readonly report?: ConnectionReport;
}

/**
 * Asks for a key in `input` and tries it: one that works is the answer; otherwise the input says what is wrong, and the
 * person corrects it, or keeps it by pressing Enter again. Undefined where they leave; a test under way ends then.
 */
export function askForKey(
  input: vscode.InputBox,
  baseUrl: string,
  test: (key: string, signal: AbortSignal) => Promise<ConnectionReport | undefined>,
): Promise<GivenKey | undefined> {
  const store = new DisposableStore();
  let testing: AbortController | undefined;
  let tested: GivenKey | undefined;
  const prompt = messageText(
    vscode.l10n.t('It is kept in the secret storage of VS Code and sent to {0} only.', baseUrl),
  );
  const keepUntested = {
    iconPath: new vscode.ThemeIcon('save'),
    tooltip: vscode.l10n.t('Keep Without Testing'),
  };
  const rest = () => {
    testing?.abort();
    testing = undefined;
    input.busy = false;
    input.prompt = prompt;
  };
  const typedKey = () => (/\s/.test(input.value.trim()) ? '' : input.value.trim());

  async function tryKey(key: string): Promise<GivenKey | undefined> {
    const current = new AbortController();
    testing = current;
    input.busy = true;
    input.validationMessage = undefined;
    input.prompt = messageText(vscode.l10n.t('Testing the key at {0}… (Escape to stop)', baseUrl));
    const report = await test(key, current.signal);
    if (!report || testing !== current) return undefined;
    rest();
    if (report.fault === null) return { key, report };
    tested = { key, report };
    input.validationMessage = messageText(
      vscode.l10n.t('{0} Correct the key, or press Enter again to keep it.', report.message),
    );
    return undefined;
  }

  return new Promise<GivenKey | undefined>((resolve, reject) => {
    const end = (given: GivenKey | undefined) => {
      rest();
      resolve(given);
      store.dispose();
      input.dispose();
    };
    input.title = vscode.l10n.t('Set API Key');
    input.prompt = prompt;
    input.password = true;
    input.ignoreFocusOut = true;
    input.buttons = [keepUntested];
    store.add(
      input.onDidChangeValue((value) => {
        rest();
        tested = undefined;
        input.validationMessage = /\s/.test(value.trim())
          ? vscode.l10n.t('A key has no spaces in it.')
          : undefined;
      }),
    );
    store.add(
      input.onDidAccept(() => {
        const key = typedKey();
        if (key === '' || testing) return;
        if (tested?.key === key) return end(tested);
        tryKey(key).then(
          (given) => given && end(given),
          (error: unknown) => {
            reject(new Error(toldMessage(error)));
            end(undefined);
          },
        );
      }),
    );
    store.add(
      input.onDidTriggerButton(() => {
        const key = typedKey();
        if (key !== '') end({ key });
      }),
    );
    store.add(input.onDidHide(() => end(undefined)));
    input.show();
  });
}

/** Asks for a key, tries it, and stores it in the secret storage of VS Code. */
export async function setKey(host: Host): Promise<void> {
  const { credentials } = host;
  const given = await askForKey(
    vscode.window.createInputBox(),
    credentials.keyBaseUrl,
    (key, signal) => checkConnection(host, credentials.withKey(key), signal),
  );
  if (!given) return;
  const isStored = await credentials.storeKey(given.key);
  if (given.report) showReport(host, given.report);
  if (isStored) return;
  void showMessage(
    'warning',
    vscode.l10n.t(
      'The secret storage did not take the API key. It is used until this window closes, and written nowhere.',
    ),
  );
}
