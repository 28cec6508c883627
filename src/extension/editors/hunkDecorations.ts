import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { ChangedFile, Hunk } from '../../protocol/changes';
import type { Review } from './review';

/** One frame: however many events arrive, each editor is drawn once. */
const frameMs = 16;

const kinds = ['added', 'changed', 'deleted', 'gone'] as const;
type Kind = (typeof kinds)[number];

/**
 * Marks the lines of pending hunks in the editors that can be seen. There are four decoration types in all, whatever
 * the number of hunks. What was removed is told by hovers, which cost nothing before somebody looks.
 */
export class HunkDecorations implements Disposable {
  private readonly store = new DisposableStore();
  private readonly types: Readonly<Record<Kind, vscode.TextEditorDecorationType>>;
  private readonly marked = new WeakSet<vscode.TextEditor>();
  /** Files whose editors are drawn in the next frame. */
  private readonly due = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly review: Review) {
    const lines = { isWholeLine: true, borderStyle: 'solid', borderWidth: '0 0 0 3px' } as const;
    const border = new vscode.ThemeColor('tandem.changeBorder');
    this.types = {
      added: this.createType('added', {
        ...lines,
        backgroundColor: new vscode.ThemeColor('tandem.addedLineBackground'),
        borderColor: border,
      }),
      changed: this.createType('modified', {
        ...lines,
        backgroundColor: new vscode.ThemeColor('tandem.changedLineBackground'),
        borderColor: border,
      }),
      deleted: this.createType('deleted', {
        isWholeLine: true,
        borderColor: new vscode.ThemeColor('editorGutter.deletedBackground'),
        borderStyle: 'dashed',
        borderWidth: '1px 0 0 0',
      }),
      gone: this.createType('deleted', {
        ...lines,
        backgroundColor: new vscode.ThemeColor('diffEditor.removedLineBackground'),
        borderColor: border,
      }),
    };
    this.store.add(review.onDidChange(({ uris }) => this.schedule(uris)));
    this.store.add(vscode.window.onDidChangeVisibleTextEditors(() => this.scheduleVisible()));
    this.store.add({ dispose: () => clearTimeout(this.timer) });
    this.scheduleVisible();
  }

  dispose(): void {
    this.store.dispose();
  }

  private createType(
    gutter: 'added' | 'modified' | 'deleted',
    options: vscode.DecorationRenderOptions,
  ): vscode.TextEditorDecorationType {
    return this.store.add(
      vscode.window.createTextEditorDecorationType({
        ...options,
        overviewRulerColor: new vscode.ThemeColor(`editorOverviewRuler.${gutter}Foreground`),
        overviewRulerLane: vscode.OverviewRulerLane.Left,
      }),
    );
  }

  private scheduleVisible(): void {
    this.schedule(vscode.window.visibleTextEditors.map(fileKey));
  }

  private schedule(uris: Iterable<string>): void {
    for (const uri of uris) this.due.add(uri);
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      const due = new Set(this.due);
      this.due.clear();
      for (const editor of vscode.window.visibleTextEditors) {
        if (due.has(fileKey(editor))) this.draw(editor);
      }
    }, frameMs);
  }

  private draw(editor: vscode.TextEditor): void {
    const file = this.review.fileOf(editor.document.uri);
    if (!file && !this.marked.has(editor)) return;
    if (file) this.marked.add(editor);
    else this.marked.delete(editor);
    const ranges = marks(file, editor.document.lineCount);
    for (const kind of kinds) editor.setDecorations(this.types[kind], ranges[kind]);
  }
}

/** The file an editor shows, also where its baseline stands for it. */
function fileKey({ document }: vscode.TextEditor): string {
  return document.uri.with({ scheme: 'file' }).toString();
}

function marks(
  file: ChangedFile | undefined,
  lineCount: number,
): Record<Kind, readonly vscode.Range[]> {
  const result: Record<Kind, vscode.Range[]> = { added: [], changed: [], deleted: [], gone: [] };
  if (!file || file.coarse) return result;
  if (file.kind === 'delete') return { ...result, gone: [new vscode.Range(0, 0, lineCount, 0)] };
  for (const hunk of file.hunks) {
    const last = Math.max(hunk.liveStart, hunk.liveStart + hunk.liveCount - 1);
    const from = Math.min(hunk.liveStart, lineCount - 1);
    result[kindOf(hunk)].push(new vscode.Range(from, 0, Math.min(last, lineCount - 1), 0));
  }
  return result;
}

function kindOf({ baseCount, liveCount }: Hunk): Kind {
  if (liveCount === 0) return 'deleted';
  return baseCount === 0 ? 'added' : 'changed';
}
