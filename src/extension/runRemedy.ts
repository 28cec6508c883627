import * as vscode from 'vscode';
import type { Remedy } from '../protocol/viewProtocol';

const commands: Readonly<Record<Remedy['request'], readonly [id: string, ...args: string[]]>> = {
  'key/set': ['tandem.setApiKey'],
  'workspace/open': ['vscode.openFolder'],
  'workspace/trust': ['workbench.trust.manage'],
  'baseUrl/open': ['workbench.action.openSettings', '@id:tandem.baseUrl'],
};

/** Does what helps against an error, whether a notification or the view offered it. */
export async function runRemedy(request: Remedy['request']): Promise<null> {
  const [id, ...args] = commands[request];
  await vscode.commands.executeCommand(id, ...args);
  return null;
}
