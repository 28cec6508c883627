import { join } from 'node:path';
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { SelectionAttachment, UserInput } from '../../protocol/input';
import type { Host } from '../host';
import { refuseHidden } from '../refuseHidden';
import type { Surface } from '../surfaces/surface';
import { activeFolder, pathInFolder } from '../workspaceFolder';
import { findLines, spanAfter, type LineSpan } from './followLines';

/** While somebody types, the view is told so often at most. */
const tellMs = 100;
/** In a larger file nobody looks for lines again. */
const maxFileBytes = 10 * 1024 * 1024;

interface Followed {
  readonly file: vscode.Uri;
  selection: SelectionAttachment;
}

/**
 * The selections of the draft, kept where their lines are now: through edits as they are made, and by their text where
 * a file changes without an editor.
 */
export class FollowedSelections implements Disposable {
  private readonly store = new DisposableStore();
  private readonly watchers = new Map<string, vscode.Disposable>();
  private followed = new Map<string, Followed>();
  private telling: NodeJS.Timeout | undefined;

  constructor(private readonly host: Pick<Host, 'settings'> & Surface) {
    this.store.add(vscode.workspace.onDidChangeTextDocument((event) => this.afterEdit(event)));
    this.store.add(vscode.workspace.onDidCloseTextDocument(({ uri }) => void this.lookAgain(uri)));
  }

  /**
   * Follows these and no others; answers them as they are now. One that is followed already keeps its place.
   * @throws RequestError for a file that is outside of the thread's folder, or hidden from the agent.
   */
  async follow(
    selections: readonly SelectionAttachment[],
  ): Promise<readonly SelectionAttachment[]> {
    const folder = this.host.shown.current?.cwd ?? activeFolder()?.uri.fsPath;
    const next = new Map<string, Followed>();
    const fresh: Followed[] = [];
    for (const selection of selections) {
      const { id, path } = selection;
      if (id === undefined || folder === undefined) continue;
      const file = vscode.Uri.file(join(folder, path));
      const known = this.followed.get(id);
      if (known?.file.fsPath === file.fsPath) {
        next.set(id, known);
        continue;
      }
      pathInFolder(folder, file);
      refuseHidden(this.host.settings, folder, path);
      const followed = { file, selection };
      next.set(id, followed);
      fresh.push(followed);
    }
    this.followed = next;
    this.watchFiles();
    for (const followed of fresh) await this.find(followed);
    return selections.map((selection) => this.current(selection));
  }

  /** What is sent of a draft: its selections as they are now, without what is only about the draft. */
  async settle(input: UserInput): Promise<UserInput> {
    const ids = input.attachments.flatMap((each) => ('id' in each && each.id) || []);
    for (const id of ids) {
      const followed = this.followed.get(id);
      if (followed && !documentOf(followed.file)) await this.find(followed);
    }
    const attachments = input.attachments.map((attachment) => {
      if (attachment.kind !== 'selection') return attachment;
      const { id: _, ...selection } = this.current(attachment);
      return selection;
    });
    return { ...input, attachments };
  }

  dispose(): void {
    clearTimeout(this.telling);
    for (const watcher of this.watchers.values()) watcher.dispose();
    this.store.dispose();
  }

  private current(selection: SelectionAttachment): SelectionAttachment {
    return this.followed.get(selection.id ?? '')?.selection ?? selection;
  }

  private afterEdit({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    for (const followed of this.inFile(document.uri)) {
      const { selection } = followed;
      let span: LineSpan | undefined = selection.gone ? undefined : spanOf(selection);
      for (const change of contentChanges) span &&= spanAfter(span, change);
      const lines = document.getText().split(/\r?\n/);
      // An undo brings back what was gone.
      span ??= findLines(lines, selection.text.split(/\r?\n/), selection.startLine - 1);
      this.place(followed, lines, span);
    }
  }

  private async lookAgain(file: vscode.Uri): Promise<void> {
    for (const followed of this.inFile(file)) await this.find(followed);
  }

  /** Finds the lines by their text, in the editor or on the disk. */
  private async find(followed: Followed): Promise<void> {
    const { selection, file } = followed;
    const text = documentOf(file)?.getText() ?? (await readText(file));
    const lines = text.split(/\r?\n/);
    const wanted = selection.text.split(/\r?\n/);
    this.place(followed, lines, findLines(lines, wanted, selection.startLine - 1));
  }

  private place(followed: Followed, lines: readonly string[], span: LineSpan | undefined): void {
    const { gone: _, ...selection } = followed.selection;
    const text = span && lines.slice(span.start, span.end + 1).join('\n');
    const isEmptied = text?.trim() === '' && selection.text.trim() !== '';
    const next: SelectionAttachment =
      span && text !== undefined && !isEmptied
        ? { ...selection, startLine: span.start + 1, endLine: span.end + 1, text }
        : { ...selection, gone: true };
    if (JSON.stringify(next) === JSON.stringify(followed.selection)) return;
    followed.selection = next;
    this.telling ??= setTimeout(() => this.tell(), tellMs);
  }

  private tell(): void {
    this.telling = undefined;
    const selections = [...this.followed.values()].map(({ selection }) => selection);
    // A hidden page asks when it appears.
    if (this.host.view.visible) this.host.view.tell('selections/moved', { selections });
  }

  private inFile(file: vscode.Uri): readonly Followed[] {
    return [...this.followed.values()].filter((each) => each.file.fsPath === file.fsPath);
  }

  /** Editors tell of their own edits; the disk of everything else. */
  private watchFiles(): void {
    const wanted = new Map([...this.followed.values()].map(({ file }) => [file.fsPath, file]));
    for (const [path, watcher] of this.watchers) {
      if (wanted.has(path)) continue;
      watcher.dispose();
      this.watchers.delete(path);
    }
    for (const [path, file] of wanted) {
      if (this.watchers.has(path)) continue;
      const folder = vscode.Uri.joinPath(file, '..');
      const name = path.slice(folder.fsPath.length + 1).replace(/[[\]{}*?]/g, '[$&]');
      const watcher = vscode.workspace.createFileSystemWatcher(
        new vscode.RelativePattern(folder, name),
      );
      for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) {
        event(() => {
          if (!documentOf(file)) void this.lookAgain(file);
        });
      }
      this.watchers.set(path, watcher);
    }
  }
}

function spanOf({ startLine, endLine }: SelectionAttachment): LineSpan {
  return { start: startLine - 1, end: endLine - 1 };
}

function documentOf(file: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find(
    ({ uri, isClosed }) => !isClosed && uri.scheme === 'file' && uri.fsPath === file.fsPath,
  );
}

/** Empty for what is not there, or no file that anybody would look for lines in. */
async function readText(file: vscode.Uri): Promise<string> {
  try {
    const { size } = await vscode.workspace.fs.stat(file);
    if (size > maxFileBytes) return '';
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch {
    return '';
  }
}
