import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { Review } from '../editors/review';
import type { ThreadView } from '../views/threadView';
import type { Attention } from './attention';
import { describeNeeds } from './newsWords';

/**
 * The number on the view's icon: what needs the person (approvals, questions, threads that ended unseen), or, where
 * nothing does, how many files wait for review. The tooltip tells of both.
 */
export class ViewBadge implements Disposable {
  private readonly store = new DisposableStore();
  private said = '';

  constructor(
    private readonly attention: Attention,
    private readonly review: Review,
    private readonly view: ThreadView,
  ) {
    this.store.add(attention.onDidChange(() => this.update()));
    this.store.add(review.onDidChange(() => this.update()));
    this.update();
  }

  dispose(): void {
    this.store.dispose();
  }

  private update(): void {
    const { needs } = this.attention;
    const files = this.review.files.length;
    const urgent = needs.reduce(
      (sum, need) => sum + need.approvals + need.questions + (need.ending === undefined ? 0 : 1),
      0,
    );
    const tooltip = [...describeNeeds(needs), ...filesToReview(files)].join('\n');
    const value = urgent > 0 ? urgent : files;
    const said = `${value} ${tooltip}`;
    if (said === this.said) return;
    this.said = said;
    this.view.setBadge(value, tooltip);
  }
}

function filesToReview(count: number): readonly string[] {
  if (count === 0) return [];
  return [
    count === 1 ? vscode.l10n.t('1 file to review') : vscode.l10n.t('{0} files to review', count),
  ];
}
