import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { ThreadEvent } from '../../protocol/events';
import {
  openQuestion,
  runningCompaction,
  runningTurn,
  waitingPlan,
  type ThreadState,
} from '../../protocol/threadState';
import { ContextKeys } from './contextKeys';
import { threadViewId, type ThreadView } from '../views/threadView';
import type { Shown } from '../shownThread';
import type { Review } from './review';

/** Says in the status bar, on the view's icon and in context keys how the shown thread is doing. */
export class StatusItem implements Disposable {
  private readonly store = new DisposableStore();
  private readonly item: vscode.StatusBarItem;
  private readonly keys = new ContextKeys();
  private said = '';
  private pending = -1;

  constructor(
    private readonly shown: Shown,
    private readonly review: Review,
    private readonly view: ThreadView,
  ) {
    this.item = this.store.add(
      vscode.window.createStatusBarItem('tandem.status', vscode.StatusBarAlignment.Left),
    );
    this.item.name = 'Tandem';
    this.item.command = `${threadViewId}.focus`;
    this.store.add(shown.onDidChange(() => this.update()));
    this.store.add(
      shown.onEvent((event) => {
        if (matters(event)) this.update();
      }),
    );
    this.store.add(review.onDidChange(() => this.update()));
    this.update();
    this.item.show();
  }

  dispose(): void {
    this.store.dispose();
  }

  private update(): void {
    const { state } = this.shown;
    const { icon, text } = describe(state);
    const said = text ? `$(${icon}) Tandem: ${text}` : `$(${icon}) Tandem`;
    // Every assignment is a message to the window, and this runs with every event of a turn.
    if (said !== this.said) {
      this.said = said;
      this.item.text = said;
      const label = text ? `Tandem: ${text}` : 'Tandem';
      this.item.tooltip = label;
      this.item.accessibilityInformation = { label };
    }
    const pending = this.review.files.length;
    if (pending !== this.pending) {
      this.pending = pending;
      this.view.setBadge(pending, filesToReview(pending));
    }
    const runs = state && (runningTurn(state) ?? runningCompaction(state));
    this.keys.set('tandem.running', runs !== null && runs !== undefined);
    this.keys.set('tandem.awaitingApproval', (state?.approvals.length ?? 0) > 0);
  }
}

/** True for what changes how the thread is doing; an event of another kind comes many times a second. */
function matters(event: ThreadEvent): boolean {
  const { type } = event;
  if (type === 'item.started' || type === 'item.completed') return event.item.type === 'question';
  return ['turn.', 'approval.', 'plan.resolved'].some((start) => type.startsWith(start));
}

function describe(state: ThreadState | null): { icon: string; text: string } {
  if (state && state.approvals.length > 0) {
    return { icon: 'warning', text: vscode.l10n.t('approval needed') };
  }
  if (state && openQuestion(state)) {
    return { icon: 'question', text: vscode.l10n.t('the agent asks') };
  }
  if (state && runningTurn(state)) {
    return { icon: 'loading~spin', text: vscode.l10n.t('running') };
  }
  if (state && waitingPlan(state)) {
    return { icon: 'checklist', text: vscode.l10n.t('plan to approve') };
  }
  return { icon: 'circle-outline', text: '' };
}

function filesToReview(count: number): string {
  return count === 1
    ? vscode.l10n.t('1 file to review')
    : vscode.l10n.t('{0} files to review', count);
}
