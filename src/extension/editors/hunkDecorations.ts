import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { ChangedFile, Hunk } from '../../protocol/changes';
import { inlineHunkLimit } from './hunkLenses';
import type { Review } from './review';

/** One frame: however many events arrive, each editor is drawn once. */
const frameMs = 16;
const hoverLines = 40;

type Kind = 'added' | 'changed' | 'deleted';

/** Marks the lines of pending hunks. There are three decoration types in all, whatever the number of hunks. */
export class HunkDecorations implements Disposable {
  private readonly store = new DisposableStore();
  private readonly types: Readonly<Record<Kind, vscode.TextEditorDecorationType>>;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly review: Review) {
    this.types = {
      added: this.createType('added', {
        isWholeLine: true,
        backgroundColor: new vscode.ThemeColor('diffEditor.insertedLineBackground'),
      }),
      changed: this.createType('modified', {
        isWholeLine: true,
        backgroundColor: new vscode.ThemeColor('diffEditor.insertedLineBackground'),
      }),
      deleted: this.createType('deleted', {
        isWholeLine: true,
        borderColor: new vscode.ThemeColor('editorGutter.deletedBackground'),
        borderStyle: 'dashed',
        borderWidth: '1px 0 0 0',
      }),
    };
    this.store.add(review.onDidChange(() => this.schedule()));
    this.store.add(vscode.window.onDidChangeVisibleTextEditors(() => this.schedule()));
    this.store.add({ dispose: () => clearTimeout(this.timer) });
    this.schedule();
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

  private schedule(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      for (const editor of vscode.window.visibleTextEditors) this.draw(editor);
    }, frameMs);
  }

  private draw(editor: vscode.TextEditor): void {
    const options = decorate(this.review.fileOf(editor.document.uri), editor.document.lineCount);
    for (const kind of ['added', 'changed', 'deleted'] as const) {
      editor.setDecorations(this.types[kind], options[kind]);
    }
  }
}

function decorate(file: ChangedFile | undefined, lineCount: number) {
  const result: Record<Kind, vscode.DecorationOptions[]> = { added: [], changed: [], deleted: [] };
  if (!file || file.hunks.length > inlineHunkLimit) return result;
  for (const hunk of file.hunks) {
    const last = Math.max(hunk.liveStart, hunk.liveStart + hunk.liveCount - 1);
    const from = Math.min(hunk.liveStart, lineCount - 1);
    const range = new vscode.Range(from, 0, Math.min(last, lineCount - 1), 0);
    result[kindOf(hunk)].push({ range, ...hover(hunk) });
  }
  return result;
}

function kindOf({ baseCount, liveCount }: Hunk): Kind {
  if (liveCount === 0) return 'deleted';
  return baseCount === 0 ? 'added' : 'changed';
}

/** The removed text; a code block, so nothing in it is taken for Markdown. */
function hover({ removed, baseCount }: Hunk): { hoverMessage?: vscode.MarkdownString } {
  if (baseCount === 0) return {};
  const lines = removed.slice(0, hoverLines);
  if (baseCount > lines.length) lines.push('…');
  const text = lines.map((line) => `- ${line}`).join('\n');
  return { hoverMessage: new vscode.MarkdownString().appendCodeblock(text, 'diff') };
}
