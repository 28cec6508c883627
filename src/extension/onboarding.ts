import type { Memento } from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable';
import { Emitter } from '../base/emitter';
import type { ThreadEvent } from '../protocol/events';
import { ContextKeys } from './editors/contextKeys';
import type { Host } from './host';

const answeredKey = 'tandem.hasAnswered';

/**
 * What a person has done with Tandem so far: it ticks the steps of the walkthrough, and is not explained again. A key that
 * is missing is told by what stands in place of changes.
 */
export class Onboarding implements Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new Emitter<void>());
  /** Fires when the person answered their first approval. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly memory: Memento,
    private readonly host: Pick<Host, 'shown' | 'credentials' | 'settings'>,
    private readonly keys: Pick<ContextKeys, 'set'> = new ContextKeys(),
  ) {
    this.store.add(host.shown.onEvent((event) => this.observe(event)));
    this.store.add(host.credentials.onDidChange(() => void this.lookAtConnection()));
    this.store.add(host.settings.onDidChange(() => void this.lookAtConnection()));
  }

  /** True until the person has answered an approval, on any machine they sync with. */
  get explainsApprovals(): boolean {
    return this.memory.get(answeredKey) !== true;
  }

  /** Tells the walkthrough whether a model is connected, and the list of changes whether a key is missing. */
  async lookAtConnection(): Promise<void> {
    const { kind } = await this.host.credentials.connection();
    this.keys.set('tandem.isConnected', kind === 'api');
    this.keys.set('tandem.keyMissing', kind === 'missingKey');
  }

  dispose(): void {
    this.store.dispose();
  }

  private observe(event: ThreadEvent): void {
    if (event.type === 'turn.started') this.keys.set('tandem.hasAsked', true);
    if (event.type === 'hunk.resolved') this.keys.set('tandem.hasReviewed', true);
    if (event.type !== 'approval.resolved' || event.by !== 'user') return;
    this.keys.set(answeredKey, true);
    if (!this.explainsApprovals) return;
    void this.memory.update(answeredKey, true);
    this.changed.fire();
  }
}
