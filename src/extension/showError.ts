import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable';
import { toldMessage } from '../base/toldError';
import { findIgnoredSettings } from './ignoredSettings';
import { isRequestError } from './requestError';
import { runRemedy } from './runRemedy';
import { ignoredSetting } from './settingDefinitions';
import type { Settings } from './settings';
import { showMessage } from './showMessage';

/** Tells the person what went wrong, with the one button that helps where there is one; never waits for them. */
export function showError(log: vscode.LogOutputChannel, what: string, error: unknown): void {
  if (!isRequestError(error)) log.error(`${what} failed`, error);
  const remedy = isRequestError(error) ? error.remedy : undefined;
  const buttons = remedy ? [remedy.title] : [];
  void showMessage('error', toldMessage(error), ...buttons).then((chosen) => {
    if (remedy && chosen !== undefined) void runRemedy(remedy.request);
  });
}

/** Says once, for each setting that is passed over, why; now and whenever settings, folders or trust change. */
export function warnOfSettings(settings: Settings, log: vscode.LogOutputChannel): Disposable {
  const said = new Set<string>();
  const say = (problem: string) => {
    if (said.has(problem)) return;
    said.add(problem);
    log.warn(problem);
    void showMessage('warning', problem);
  };
  const look = () => {
    settings.problems().forEach(say);
    void findIgnoredSettings().then((names) => names.map(ignoredSetting).forEach(say));
  };
  look();
  const store = new DisposableStore();
  store.add(settings.onDidChange(look));
  store.add(vscode.workspace.onDidChangeWorkspaceFolders(look));
  store.add(vscode.workspace.onDidGrantWorkspaceTrust(look));
  return store;
}
