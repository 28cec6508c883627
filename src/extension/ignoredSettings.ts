import * as vscode from 'vscode';
import { settingDefinitions, type SettingName } from './settingDefinitions';

/** Nobody's settings are larger; a file that is costs too much to read for a warning. */
const maxBytes = 1024 * 1024;

/**
 * The personal settings of ours that the settings files of the workspace name. VS Code passes their values over without
 * a word, and so does the rest of the extension; whoever opens the folder is to know that it tried. The files are
 * searched as text, nothing of them is used.
 */
export async function findIgnoredSettings(): Promise<readonly SettingName[]> {
  if (!vscode.workspace.isTrusted) return [];
  const { workspaceFile, workspaceFolders = [] } = vscode.workspace;
  const files = workspaceFolders.map(({ uri }) =>
    vscode.Uri.joinPath(uri, '.vscode/settings.json'),
  );
  if (workspaceFile && workspaceFile.scheme !== 'untitled') files.push(workspaceFile);
  const texts = (await Promise.all(files.map(readText))).join('\n');
  const personal = (Object.keys(settingDefinitions) as SettingName[]).filter(
    (name) => settingDefinitions[name].personal,
  );
  return personal.filter((name) => texts.includes(`"tandem.${name}"`));
}

/** Empty where there is none, or nothing that a person wrote. */
async function readText(uri: vscode.Uri): Promise<string> {
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if (size > maxBytes || !(type & vscode.FileType.File)) return '';
    return Buffer.from(await vscode.workspace.fs.readFile(uri)).toString('utf8');
  } catch {
    return '';
  }
}
