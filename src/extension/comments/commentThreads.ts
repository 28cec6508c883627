import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';

/** The one comment controller of the extension; made with its first comment, so that nobody sees it before. */
export class CommentThreads implements Disposable {
  private readonly store = new DisposableStore();
  private made: vscode.CommentController | undefined;

  /** Shows comments at a place of a file; disposing the thread takes them away. */
  create(
    uri: vscode.Uri,
    range: vscode.Range,
    comments: readonly vscode.Comment[],
  ): vscode.CommentThread {
    return this.controller.createCommentThread(uri, range, comments);
  }

  dispose(): void {
    this.store.dispose();
  }

  private get controller(): vscode.CommentController {
    this.made ??= this.store.add(vscode.comments.createCommentController('tandem', 'Tandem'));
    return this.made;
  }
}
