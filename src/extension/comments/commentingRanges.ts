import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { ChangedFile } from '../../protocol/changes';
import type { Review } from '../editors/review';
import type { Shown } from '../shownThread';
import type { CommentThreads } from './commentThreads';

/** Lines around a hunk that can be commented on, too. */
const contextLines = 3;
/** What is typed into a file under review moves its hunks; the editor is told once for all that comes in a row. */
const settleMs = 200;

/** Lets the person comment on the lines the agent changed, and on those around them. */
export class CommentingRanges implements Disposable, vscode.CommentingRangeProvider {
  private readonly store = new DisposableStore();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly comments: CommentThreads,
    private readonly host: { readonly shown: Shown; readonly review: Review },
  ) {
    this.store.add(host.review.onDidChange(() => this.updateSoon()));
    this.store.add(host.shown.onDidChange(() => this.updateSoon()));
    this.update();
  }

  provideCommentingRanges(document: vscode.TextDocument): vscode.Range[] {
    const { review, shown } = this.host;
    const file = document.uri.scheme === 'file' ? review.fileOf(document.uri) : undefined;
    if (!file || shown.readOnly) return [];
    return commentableLines(file, document.lineCount).map(
      ([first, last]) => new vscode.Range(first, 0, last, 0),
    );
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.store.dispose();
  }

  private updateSoon(): void {
    this.timer ??= setTimeout(() => this.update(), settleMs);
  }

  private update(): void {
    this.timer = undefined;
    // Setting it is what makes the editors ask again.
    this.comments.offer(this.host.review.files.length > 0 ? this : undefined);
  }
}

/** First and last lines, from 0, without overlaps: the hunks and a few lines around them. */
export function commentableLines(
  { hunks }: Pick<ChangedFile, 'hunks'>,
  lineCount: number,
): readonly (readonly [number, number])[] {
  const ranges: [number, number][] = [];
  for (const { liveStart, liveCount } of hunks) {
    const first = Math.max(0, liveStart - contextLines);
    const last = Math.min(lineCount - 1, liveStart + Math.max(liveCount, 1) - 1 + contextLines);
    const before = ranges.at(-1);
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else ranges.push([first, last]);
  }
  return ranges;
}
