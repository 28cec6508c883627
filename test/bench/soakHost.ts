import { Emitter } from '../../src/base/emitter';
import { ShownThread } from '../../src/extension/shownThread';
import { ViewBridge, type ViewHandlers } from '../../src/extension/viewBridge';
import { foldEvent, type ThreadState } from '../../src/protocol/threadState';
import type { HostMessage, HostNotifications, ViewSettings } from '../../src/protocol/viewProtocol';
import type { Thread } from '../../src/threads/thread';
import type { ThreadManager } from '../../src/threads/threadManager';
import { sampleContext } from '../support/sampleContext';

export const turnsPerRound = 15;
/** Turns after which the person asks for a summary. */
const compactionsAfter = [4, 11];

const log = { info() {}, warn() {}, error() {} };

/** What a webview does with what it is sent: it draws, and folds the events into the state it was given. */
class View {
  state: ThreadState | null = null;
  /** Characters it was sent. */
  drawn = 0;

  take(message: HostMessage): void {
    this.drawn += JSON.stringify(message).length;
    if (message.kind === 'answer') {
      this.state = (message.result as HostNotifications['thread/snapshot']).thread;
    } else if (message.kind === 'notification') this.follow(message);
  }

  private follow(message: Extract<HostMessage, { kind: 'notification' }>): void {
    if (message.name === 'thread/snapshot') {
      this.state = message.params.thread;
    } else if (message.name === 'thread/events' && this.state) {
      const { events, lastSeq } = message.params;
      this.state = { ...events.reduce(foldEvent, this.state), seq: lastSeq };
    }
  }
}

/** The window's side of the soak: what VS Code's host does, with a view that comes and goes, without VS Code. */
export class SoakHost {
  readonly shown: ShownThread;
  private readonly settingsChanged = new Emitter<void>();
  reloads = 0;
  compactions = 0;

  constructor(
    private readonly manager: ThreadManager,
    private readonly folder: string,
  ) {
    const memory = new Map<string, unknown>();
    const memento = {
      keys: () => [...memory.keys()],
      get: <T>(key: string, otherwise?: T) => (memory.get(key) as T | undefined) ?? otherwise,
      update: async (key: string, value: unknown) => void memory.set(key, value),
    };
    this.shown = new ShownThread(
      async () => manager,
      memento,
      (problem) => {
        throw new Error(problem);
      },
    );
  }

  /** Some turns in a thread of their own: interrupts, summaries and reloads of the view between and within them. */
  async round(number: number): Promise<void> {
    const thread = await this.shown.start(this.folder);
    const context = sampleContext(this.folder);
    for (let turn = 0; turn < turnsPerRound; turn++) {
      const first = await this.openView();
      const stopping = turn % 7 === 3 ? setTimeout(() => thread.interrupt(), 40) : undefined;
      const running = thread.startTurn(
        { text: `Round ${number}, turn ${turn}.`, attachments: [] },
        context,
      );
      // Reloaded while the turn runs: another view takes its place.
      first.bridge.dispose();
      const second = await this.openView();
      await running;
      clearTimeout(stopping);
      requireGoodEnd(thread);
      if (compactionsAfter.includes(turn)) await this.compact(thread);
      await requireSame(second.view, thread);
      second.bridge.pause();
      second.bridge.dispose();
    }
    await this.reopen(thread);
  }

  dispose(): void {
    this.shown.dispose();
  }

  private async compact(thread: Thread): Promise<void> {
    await thread.compact(sampleContext(this.folder));
    const last = thread.state.turns.at(-1)?.entries.findLast(({ type }) => type === 'compaction');
    if (last?.type !== 'compaction' || last.status !== 'completed') {
      throw new Error('The history was not summarised.');
    }
    this.compactions += 1;
  }

  /** Closed and opened again, as after a reload of the window, then deleted. */
  private async reopen(thread: Thread): Promise<void> {
    const { id, state } = thread;
    this.shown.clear();
    await this.manager.close(id);
    await this.shown.open(id);
    if (JSON.stringify(this.shown.state?.turns) !== JSON.stringify(state.turns)) {
      throw new Error('A thread is not what it was before the window was reloaded.');
    }
    await this.shown.delete(id);
  }

  private async openView(): Promise<{ view: View; bridge: ViewBridge }> {
    const view = new View();
    const bridge = new ViewBridge({
      post: (message) => view.take(message),
      handlers: {} as ViewHandlers,
      shown: this.shown,
      settings: {
        current: async () => ({ folder: 'soak' }) as ViewSettings,
        onDidChange: this.settingsChanged.event,
      },
      log,
      onReady() {},
    });
    await bridge.receive({ id: 1, name: 'view/ready', params: {} });
    this.reloads += 1;
    return { view, bridge };
  }
}

function requireGoodEnd({ state }: Thread): void {
  const turn = state.turns.at(-1);
  if (turn?.status === 'failed') throw new Error(`A turn failed: ${turn.error?.message}`);
}

/** What the view shows is what the host knows, once the last batch has come. */
async function requireSame(view: View, thread: Thread): Promise<void> {
  const same = () => JSON.stringify(view.state?.turns) === JSON.stringify(thread.state.turns);
  for (let waited = 0; !same(); waited += 20) {
    if (waited > 2000) throw new Error('The view shows something else than the thread.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
