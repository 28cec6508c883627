import * as l10n from '@vscode/l10n';
import { DisposableStore, type Disposable } from '../base/disposable';
import type { Subscribe } from '../base/emitter';
import { toldMessage } from '../base/toldError';
import type { Log } from '../ports/log';
import type { ThreadEvent } from '../protocol/events';
import type { ThreadState } from '../protocol/threadState';
import type {
  HostMessage,
  HostNotificationName,
  HostNotifications,
  ShownThreadSnapshot,
  ViewError,
  ViewRequestName,
  ViewRequests,
  ViewSettings,
} from '../protocol/viewProtocol';
import { hasModestSize } from './messageSize';
import { isRequestError, RequestError } from './requestError';
import { parseViewRequest } from './viewRequestParsers';
import { EventBatcher } from './views/eventBatcher';

/** All but what the bridge answers by itself. */
type Answerable = Exclude<ViewRequestName, 'view/ready' | 'view/received'>;

/** What each request of the view does. A RequestError crosses as it is, any other error as `failed`. */
export type ViewHandlers = {
  readonly [Name in Answerable]: (
    params: ViewRequests[Name]['params'],
  ) => Promise<ViewRequests[Name]['result']>;
};

/** What the bridge needs to know of the thread that is shown. */
export interface ShownThreadSource {
  readonly state: ThreadState | null;
  /** True where another window owns the thread. */
  readonly readOnly?: boolean;
  readonly onDidChange: Subscribe<void>;
  readonly onEvent: Subscribe<ThreadEvent>;
  restore(): Promise<void>;
}

export interface ViewBridgeOptions {
  post(message: HostMessage): void;
  readonly handlers: ViewHandlers;
  readonly shown: ShownThreadSource;
  readonly settings: {
    current(): Promise<ViewSettings>;
    readonly onDidChange: Subscribe<void>;
  };
  readonly log: Log;
  /** The view has its first state and takes notifications from now on. */
  onReady(): void;
}

/**
 * One view's end of the protocol. Answers its requests and keeps it up to date from the moment it asked with
 * `view/ready`; a hidden view is sent nothing and asks again when it appears.
 */
export class ViewBridge implements Disposable {
  private readonly store = new DisposableStore();
  private readonly batcher = new EventBatcher({
    send: (batch) => this.notify('thread/events', batch),
    onLost: () => this.sendSnapshot(),
  });
  private live = false;
  /** Messages that were no requests of ours, or none that the view would send. */
  ignored = 0;

  constructor(private readonly options: ViewBridgeOptions) {
    const { shown, settings } = options;
    this.store.add({ dispose: () => this.batcher.stop() });
    this.store.add(
      shown.onEvent((event) => {
        if (this.live) this.batcher.add(event);
      }),
    );
    this.store.add(shown.onDidChange(() => this.sendSnapshot()));
    this.store.add(settings.onDidChange(() => void this.sendSettings()));
  }

  /** Handles one message from the view; never throws. */
  async receive(message: unknown): Promise<void> {
    const isModest = hasModestSize(message);
    const request = isModest ? parseViewRequest(message) : undefined;
    if (!isModest) this.refuseSize(message);
    if (!request || 'problem' in request) {
      this.ignored++;
      this.options.log.warn(`Ignored a message from the view (${this.ignored} so far).`);
    }
    if (!request) return;
    const { id, name } = request;
    try {
      if ('problem' in request) throw new RequestError('invalid', request.problem);
      if (name === 'view/ready') return await this.answerReady(id);
      if (name === 'view/received') {
        this.batcher.take(request.params.receipt);
        return this.options.post({ kind: 'answer', id, result: null });
      }
      const handler = this.options.handlers[name] as (params: unknown) => Promise<unknown>;
      const result = await handler(request.params);
      this.options.post({ kind: 'answer', id, result });
    } catch (error) {
      if (!isRequestError(error)) this.options.log.error(`${name} failed`, error);
      this.options.post({ kind: 'error', id, error: toViewError(error) });
    }
  }

  /** What the view keeps until it has an answer is not lost that way. */
  private refuseSize(message: unknown): void {
    const { id } = (message ?? {}) as { readonly id?: unknown };
    if (typeof id !== 'number') return;
    const error = { code: 'invalid', message: l10n.t('This is too large to be sent.') } as const;
    this.options.post({ kind: 'error', id, error });
  }

  /** Tells the view something; dropped while it is hidden. */
  notify<Name extends HostNotificationName>(name: Name, params: HostNotifications[Name]): void {
    if (!this.live) return;
    this.options.post({ kind: 'notification', name, params } as HostMessage);
  }

  /** The view is hidden: VS Code drops messages to it, and it starts anew when it appears. */
  pause(): void {
    this.live = false;
    this.batcher.stop();
  }

  dispose(): void {
    this.live = false;
    this.store.dispose();
  }

  private async answerReady(id: number): Promise<void> {
    await this.options.shown.restore();
    const settings = await this.options.settings.current();
    // From here to the answer nothing waits, so no event falls between the state and what follows it.
    const thread = this.options.shown.state;
    this.batcher.restart(thread?.threadId, thread?.seq ?? 0);
    this.live = true;
    this.options.post({ kind: 'answer', id, result: { settings, ...this.snapshot(thread) } });
    this.options.onReady();
  }

  private snapshot(thread: ThreadState | null): ShownThreadSnapshot {
    return { thread, ...(this.options.shown.readOnly ? { readOnly: true } : {}) };
  }

  private sendSnapshot(): void {
    const thread = this.options.shown.state;
    this.batcher.restart(thread?.threadId, thread?.seq ?? 0);
    this.notify('thread/snapshot', this.snapshot(thread));
  }

  private async sendSettings(): Promise<void> {
    if (!this.live) return;
    this.notify('settings/changed', { settings: await this.options.settings.current() });
  }
}

function toViewError(error: unknown): ViewError {
  if (!isRequestError(error)) return { code: 'failed', message: toldMessage(error) };
  const { code, message, remedy } = error;
  return { code, message, ...(remedy && { remedy }) };
}
