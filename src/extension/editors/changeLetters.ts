import * as vscode from 'vscode';

/** What became of a file, as source controls abbreviate it. */
export type ChangeLetter = 'A' | 'M' | 'D' | 'R';

const colors: Readonly<Record<ChangeLetter, string>> = {
  A: 'gitDecoration.addedResourceForeground',
  M: 'gitDecoration.modifiedResourceForeground',
  D: 'gitDecoration.deletedResourceForeground',
  R: 'gitDecoration.renamedResourceForeground',
};

/**
 * The same file under a URI of its own, so that the letter stands in our list alone: the explorer and the lists of
 * other source controls say what they know of the file.
 */
export function letteredUri(file: vscode.Uri, letter: ChangeLetter): vscode.Uri {
  return file.with({ query: `tandem=${letter}` });
}

/** Gives the rows of our list their letters and colours. */
export function registerChangeLetters(): vscode.Disposable {
  return vscode.window.registerFileDecorationProvider({
    provideFileDecoration({ query }) {
      const letter = /^tandem=([AMDR])$/.exec(query)?.[1] as ChangeLetter | undefined;
      return letter && { badge: letter, color: new vscode.ThemeColor(colors[letter]) };
    },
  });
}
