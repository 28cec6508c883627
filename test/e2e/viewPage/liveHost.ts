import type { Page } from 'playwright-core';
import { Emitter } from '../../../src/base/emitter';
import { ViewBridge, type ViewHandlers } from '../../../src/extension/viewBridge';
import type { ThreadEvent, ThreadEventBody } from '../../../src/protocol/events';
import { emptyThreadState, foldEvent, type ThreadState } from '../../../src/protocol/threadState';
import type { HostMessage } from '../../../src/protocol/viewProtocol';
import { settings } from './states';

/** A page whose host is the real bridge, over a thread that the test drives. */
export class LiveHost {
  private readonly events = new Emitter<ThreadEvent>();
  private readonly changed = new Emitter<void>();
  private state: ThreadState = emptyThreadState('thread-1');
  private page: Page | undefined;
  private bridge = this.makeBridge();
  /** What the bridge sent, by kind. */
  readonly sent = { batches: 0, snapshots: 0 };
  /** How long the view's answers to batches are on their way, in milliseconds. */
  answerDelayMs = 0;

  /** To be called before the page loads. */
  readonly prepare = async (page: Page): Promise<void> => {
    this.page = page;
    await page.exposeFunction('toHost', (message: { name: string }) => this.receive(message));
    await page.addInitScript(`window.acquireVsCodeApi = () => ({
      getState: () => undefined,
      setState: () => undefined,
      postMessage: (message) => void window.toHost(message),
    });`);
  };

  emit(...bodies: readonly ThreadEventBody[]): void {
    for (const body of bodies) {
      const seq = this.state.seq + (body.type === 'item.delta' ? 0 : 1);
      const event: ThreadEvent = { seq, at: 0, threadId: 'thread-1', ...body };
      this.state = foldEvent(this.state, event);
      this.events.fire(event);
    }
  }

  /** The view is hidden: VS Code drops what is sent to it. */
  hide(): void {
    this.bridge.pause();
  }

  /** Loads the page anew, or after a crash: VS Code makes another bridge then. */
  async reload(): Promise<void> {
    this.bridge.dispose();
    this.bridge = this.makeBridge();
    await this.page?.reload();
  }

  dispose(): void {
    this.bridge.dispose();
  }

  private async receive(message: { name: string }): Promise<void> {
    if (message.name === 'view/received') {
      await new Promise((resolve) => setTimeout(resolve, this.answerDelayMs));
    }
    await this.bridge.receive(message);
  }

  private makeBridge(): ViewBridge {
    const stateOf = () => this.state;
    return new ViewBridge({
      post: (message) => this.post(message),
      handlers: {} as ViewHandlers,
      shown: {
        get state() {
          return stateOf();
        },
        onDidChange: this.changed.event,
        onEvent: this.events.event,
        restore: async () => {},
      },
      settings: { current: async () => settings, onDidChange: new Emitter<void>().event },
      log: { info() {}, warn() {}, error() {} },
      onReady: () => undefined,
    });
  }

  private post(message: HostMessage): void {
    if (message.kind === 'notification' && message.name === 'thread/events') this.sent.batches++;
    if (message.kind === 'notification' && message.name === 'thread/snapshot')
      this.sent.snapshots++;
    // A page that is just being loaded anew misses what is sent to it, as in VS Code.
    this.page?.evaluate(`window.postMessage(${JSON.stringify(message)}, '*')`).catch(() => {});
  }
}
