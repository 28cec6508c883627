import * as vscode from 'vscode';
import type { ChangedFile, Hunk } from '../../protocol/changes';
import type { Review } from './review';

/** What waits for review at a cell of an open notebook. */
export interface CellHunks {
  /** Of the cell itself. */
  readonly own: Hunk | undefined;
  /** Of cells that stood before it, and behind the last one. */
  readonly removed: readonly Hunk[];
}

/** The cell a person stands in, and what waits there. */
export interface ActiveCell {
  readonly file: ChangedFile;
  readonly index: number;
  readonly hunk: Hunk | undefined;
}

/** What waits at the cell with this index. Ids tell cells apart where a person moved them and did not save yet. */
export function cellsAt(
  file: ChangedFile,
  notebook: vscode.NotebookDocument,
  index: number,
): CellHunks {
  const id = idOf(notebook.cellAt(index));
  const own = file.hunks.find(({ cell }) => {
    if (cell?.live === undefined) return false;
    return id !== undefined && cell.id !== undefined ? cell.id === id : cell.live === index + 1;
  });
  const last = notebook.cellCount - 1;
  const removed = file.hunks.filter(
    (hunk) =>
      hunk.cell?.change === 'removed' && Math.min(placeOfRemoved(file, hunk), last) === index,
  );
  return { own, removed };
}

/** True for a hunk that is shown at a cell of its notebook. */
export function isInCell({ kind }: ChangedFile, { cell }: Hunk): boolean {
  return kind === 'update' && cell !== undefined && cell.kind !== 'notebook';
}

/** Where the person stands in a notebook that is under review; undefined where they are elsewhere. */
export function activeCell(review: Pick<Review, 'fileOf'>): ActiveCell | undefined {
  const editor = vscode.window.activeNotebookEditor;
  const file = editor && review.fileOf(editor.notebook.uri);
  if (!file || editor.notebook.cellCount === 0) return undefined;
  const index = Math.min(editor.selection.start, editor.notebook.cellCount - 1);
  const { own, removed } = cellsAt(file, editor.notebook, index);
  return { file, index, hunk: own ?? removed[0] };
}

/** The line of the file to look for the next hunk from. */
export function lineOfCell({ file, index, hunk }: ActiveCell): number {
  if (hunk) return hunk.liveStart;
  const above = file.hunks.filter(
    (other) => isInCell(file, other) && indexOf(file, other) <= index,
  );
  return above.at(-1)?.liveStart ?? 0;
}

function indexOf(file: ChangedFile, hunk: Hunk): number {
  return hunk.cell?.live === undefined ? placeOfRemoved(file, hunk) : hunk.cell.live - 1;
}

/** How many cells stand before the place where one was removed. */
function placeOfRemoved({ hunks }: ChangedFile, removed: Hunk): number {
  let index = (removed.cell?.base ?? 1) - 1;
  for (const hunk of hunks) {
    if (hunk === removed) break;
    if (hunk.cell?.change === 'added') index += 1;
    else if (hunk.cell?.change === 'removed') index -= 1;
  }
  return index;
}

/** VS Code keeps what a file says of a cell as its metadata. */
function idOf(cell: vscode.NotebookCell): string | undefined {
  const { id } = cell.metadata as { readonly id?: unknown };
  return typeof id === 'string' ? id : undefined;
}

/** Opens a notebook, and goes to the cell of a hunk. */
export async function showCell(uri: vscode.Uri, file: ChangedFile, hunk: Hunk): Promise<void> {
  const document = await vscode.workspace.openNotebookDocument(uri);
  const index = Math.min(indexOf(file, hunk), Math.max(0, document.cellCount - 1));
  const range = new vscode.NotebookRange(index, index + 1);
  const editor = await vscode.window.showNotebookDocument(document, { selections: [range] });
  editor.revealRange(range, vscode.NotebookEditorRevealType.InCenterIfOutsideViewport);
}
