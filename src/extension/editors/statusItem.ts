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
import type { Attention } from '../attention/attention';
import type { Shown } from '../shownThread';
import { ContextKeys } from './contextKeys';

/** What is known of the shown thread beyond its state; it began when the thread was shown. */
interface Seen {
  /** The step that the running turn is at, from 1. */
  readonly step?: number;
  readonly ended?: 'completed' | 'failed';
}

/** Says in the status bar and in context keys how the shown thread is doing; a click leads to what waits. */
export class StatusItem implements Disposable {
  private readonly store = new DisposableStore();
  private readonly item: vscode.StatusBarItem;
  private readonly keys = new ContextKeys();
  private said = '';
  private seen: Seen = {};

  constructor(
    private readonly shown: Shown,
    private readonly attention: Attention,
  ) {
    this.item = this.store.add(
      vscode.window.createStatusBarItem('tandem.status', vscode.StatusBarAlignment.Left),
    );
    this.item.name = 'Tandem';
    this.item.command = 'tandem.goToWaiting';
    this.store.add(
      shown.onDidChange(() => {
        this.seen = {};
        this.update();
      }),
    );
    this.store.add(
      shown.onEvent((event) => {
        if (!matters(event)) return;
        this.seen = seenAfter(this.seen, event);
        this.update();
      }),
    );
    this.store.add(attention.onDidChange(() => this.update()));
    this.update();
    this.item.show();
  }

  dispose(): void {
    this.store.dispose();
  }

  private update(): void {
    const { state } = this.shown;
    const elsewhere = this.attention.needs.some(
      ({ threadId, approvals, questions }) =>
        threadId !== state?.threadId && approvals + questions > 0,
    );
    const { icon, text } = describe(state, this.seen, elsewhere);
    const said = text ? `$(${icon}) Tandem: ${text}` : `$(${icon}) Tandem`;
    // Every assignment is a message to the window, and this runs with every event of a turn.
    if (said !== this.said) {
      this.said = said;
      this.item.text = said;
      const label = text ? `Tandem: ${text}` : vscode.l10n.t('Tandem: idle');
      this.item.tooltip = label;
      this.item.accessibilityInformation = { label, role: 'button' };
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
  return ['turn.', 'approval.', 'plan.resolved', 'step.started'].some((start) =>
    type.startsWith(start),
  );
}

function seenAfter(seen: Seen, event: ThreadEvent): Seen {
  switch (event.type) {
    case 'step.started':
      return { step: event.step };
    case 'turn.completed':
      return { ended: 'completed' };
    case 'turn.failed':
      return { ended: 'failed' };
    case 'turn.started':
    case 'turn.interrupted':
      return {};
    default:
      return seen;
  }
}

function describe(
  state: ThreadState | null,
  { step, ended }: Seen,
  elsewhere: boolean,
): { icon: string; text: string } {
  if (state && state.approvals.length > 0) {
    return { icon: 'warning', text: vscode.l10n.t('approval needed') };
  }
  if (state && openQuestion(state)) {
    return { icon: 'question', text: vscode.l10n.t('the agent asks') };
  }
  if (elsewhere) {
    return { icon: 'warning', text: vscode.l10n.t('another thread waits for you') };
  }
  if (state && runningTurn(state)) {
    const text =
      step === undefined ? vscode.l10n.t('running') : vscode.l10n.t('running, step {0}', step);
    return { icon: 'loading~spin', text };
  }
  if (state && waitingPlan(state)) {
    return { icon: 'checklist', text: vscode.l10n.t('plan to approve') };
  }
  if (ended === 'completed') return { icon: 'check', text: vscode.l10n.t('done') };
  if (ended === 'failed') return { icon: 'error', text: vscode.l10n.t('failed') };
  return { icon: 'circle-outline', text: '' };
}
