import * as vscode from 'vscode';
import type { Disposable } from '../base/disposable';
import { errorMessage } from '../base/errorMessage';
import { isRequestError } from './requestError';
import type { Settings } from './settings';

/** Tells the person what went wrong, with the one button that helps where there is one; never waits for them. */
export function showError(log: vscode.LogOutputChannel, what: string, error: unknown): void {
  if (!isRequestError(error)) log.error(`${what} failed`, error);
  const remedy = isRequestError(error) ? error.remedy : undefined;
  const buttons = remedy ? [remedy.title] : [];
  void vscode.window.showErrorMessage(errorMessage(error), ...buttons).then((chosen) => {
    if (remedy && chosen !== undefined) void vscode.commands.executeCommand(remedy.command);
  });
}

/** Says once, for each setting that is passed over, why; now and whenever the settings change. */
export function warnOfSettings(settings: Settings, log: vscode.LogOutputChannel): Disposable {
  const said = new Set<string>();
  const look = () => {
    for (const problem of settings.problems()) {
      if (said.has(problem)) continue;
      said.add(problem);
      log.warn(problem);
      void vscode.window.showWarningMessage(problem);
    }
  };
  look();
  return settings.onDidChange(look);
}
