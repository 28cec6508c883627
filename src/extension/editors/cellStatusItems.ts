import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { ChangedFile, Hunk } from '../../protocol/changes';
import { cellsAt } from './cellHunks';
import type { HunkReference } from './hunkLenses';
import type { Review } from './review';

/** The type of notebooks that VS Code itself reads `.ipynb` files as. */
const notebookType = 'jupyter-notebook';

/** Accept, Reject and Compare in the status bar of each cell that was changed, and for those removed before it. */
export class CellStatusItems implements vscode.NotebookCellStatusBarItemProvider, Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new vscode.EventEmitter<void>());
  readonly onDidChangeCellStatusBarItems = this.changed.event;

  constructor(private readonly review: Review) {
    this.store.add(vscode.notebooks.registerNotebookCellStatusBarItemProvider(notebookType, this));
    this.store.add(
      review.onDidChange(({ uris }) => {
        const isOpen = vscode.workspace.notebookDocuments.some(({ uri }) =>
          uris.has(uri.toString()),
        );
        if (isOpen) this.changed.fire();
      }),
    );
  }

  provideCellStatusBarItems(cell: vscode.NotebookCell): vscode.NotebookCellStatusBarItem[] {
    const file = this.review.fileOf(cell.notebook.uri);
    if (!file) return [];
    const { own, removed } = cellsAt(file, cell.notebook, cell.index);
    return [...(own ? [own] : []), ...removed].flatMap((hunk) => items(file, hunk));
  }

  dispose(): void {
    this.store.dispose();
  }
}

function items(file: ChangedFile, hunk: Hunk): vscode.NotebookCellStatusBarItem[] {
  const reference: HunkReference = { path: file.path, hunkId: hunk.id };
  return [
    new vscode.NotebookCellStatusBarItem(
      describe(hunk),
      vscode.NotebookCellStatusBarAlignment.Left,
    ),
    button(vscode.l10n.t('Accept'), 'check', 'tandem.acceptHunk', reference),
    ...(file.viewOnly
      ? []
      : [button(vscode.l10n.t('Reject'), 'close', 'tandem.rejectHunk', reference)]),
  ];
}

function describe({ cell }: Hunk): string {
  const { change, moved, base, added = 0, removed = 0 } = cell ?? {};
  if (change === 'removed') {
    return moved === undefined
      ? vscode.l10n.t('Cell {0} was removed here', base ?? 0)
      : vscode.l10n.t('Cell {0} was moved from here', base ?? 0);
  }
  if (change === 'added') {
    return moved === undefined
      ? vscode.l10n.t('New cell')
      : vscode.l10n.t('Moved here from cell {0}', moved);
  }
  if (added + removed === 0) return vscode.l10n.t('Changed, not its source');
  return vscode.l10n.t('Changed: {0} lines added, {1} removed', added, removed);
}

function button(
  title: string,
  icon: string,
  command: string,
  reference: HunkReference,
): vscode.NotebookCellStatusBarItem {
  const item = new vscode.NotebookCellStatusBarItem(
    `$(${icon}) ${title}`,
    vscode.NotebookCellStatusBarAlignment.Left,
  );
  item.command = { title, command, arguments: [reference] };
  item.accessibilityInformation = { label: title, role: 'button' };
  return item;
}
