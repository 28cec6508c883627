import * as vscode from 'vscode';
import { createRipgrepSearch } from '../adapters/disk/ripgrepSearch';
import type { Suggestion } from '../protocol/viewProtocol';
import { findRipgrep } from './ripgrepPath';
import { findSuggestions } from './suggestions';

/** What a folder (absolute) suggests to ask, looked for with VS Code's own ripgrep. */
export function findFolderSuggestions(folder: string): Promise<readonly Suggestion[]> {
  return findSuggestions(folder, createRipgrepSearch({ rgPath: findRipgrep(vscode.env.appRoot) }));
}
