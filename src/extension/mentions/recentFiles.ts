import { relative, sep } from 'node:path';
import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';

const maxRemembered = 200;

/** Which files the person had before them lately. */
export class RecentFiles implements Disposable {
  /** The latest first. */
  private shown: readonly string[] = [];
  private readonly listener = vscode.window.onDidChangeActiveTextEditor((editor) => {
    if (editor?.document.uri.scheme !== 'file') return;
    const path = editor.document.uri.fsPath;
    this.shown = [path, ...this.shown.filter((other) => other !== path)].slice(0, maxRemembered);
  });

  /** Files of a folder (absolute), relative to it: what was before the person, the latest first, then other tabs. */
  in(folder: string): readonly string[] {
    return within(folder, [...activeFile(), ...this.shown, ...tabFiles()]);
  }

  dispose(): void {
    this.listener.dispose();
  }
}

/** Files of a folder (absolute) that tabs have open, relative to it, the active one first. */
export function openFiles(folder: string): readonly string[] {
  return within(folder, [...activeFile(), ...tabFiles()]);
}

function within(folder: string, paths: readonly string[]): readonly string[] {
  const inside = [...new Set(paths)].map((path) => relative(folder, path));
  return inside
    .filter((path) => path !== '' && !path.startsWith('..'))
    .map((path) => path.split(sep).join('/'));
}

function activeFile(): readonly string[] {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri?.scheme === 'file' ? [uri.fsPath] : [];
}

function tabFiles(): readonly string[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) =>
    tabs.flatMap(({ input }) => {
      const uri = input instanceof vscode.TabInputText ? input.uri : undefined;
      return uri?.scheme === 'file' ? [uri.fsPath] : [];
    }),
  );
}
