import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';

/** The one comment controller of the extension; made with its first use, so that nobody sees it before. */
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

  /** Lets the person comment where `ranges` says, and asks it anew; nowhere where it is undefined. */
  offer(ranges: vscode.CommentingRangeProvider | undefined): void {
    if (!ranges && !this.made) return;
    (
      this.controller as {
        commentingRangeProvider?: vscode.CommentingRangeProvider | undefined;
      }
    ).commentingRangeProvider = ranges;
  }

  dispose(): void {
    this.store.dispose();
  }

  private get controller(): vscode.CommentController {
    if (this.made) return this.made;
    this.made = this.store.add(vscode.comments.createCommentController('tandem', 'Tandem'));
    this.made.options = {
      prompt: vscode.l10n.t('Comment for Tandem'),
      placeHolder: vscode.l10n.t('What should be different here, or what is unclear?'),
    };
    return this.made;
  }
}
