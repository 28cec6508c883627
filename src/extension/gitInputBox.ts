import * as vscode from 'vscode';

/** Of a repository of the built-in git extension only what is used. */
interface GitRepository {
  readonly rootUri: vscode.Uri;
  readonly inputBox: { value: string };
}

/** Of its exports likewise. */
interface GitExports {
  getAPI(version: 1): { readonly repositories: readonly GitRepository[] };
}

/**
 * The message box of the repository that a folder (absolute) lies in, as Source Control shows it; undefined where the
 * built-in git extension is switched off or does not know the repository.
 */
export async function gitInputBox(folder: string): Promise<GitRepository['inputBox'] | undefined> {
  const extension = vscode.extensions.getExtension<GitExports>('vscode.git');
  if (!extension) return undefined;
  try {
    const git = extension.isActive ? extension.exports : await extension.activate();
    const roots = git
      .getAPI(1)
      .repositories.filter(({ rootUri: { fsPath } }) => `${folder}/`.startsWith(`${fsPath}/`));
    // The innermost one.
    return roots.sort((a, b) => b.rootUri.fsPath.length - a.rootUri.fsPath.length)[0]?.inputBox;
  } catch {
    // It is switched off by `git.enabled`.
    return undefined;
  }
}
