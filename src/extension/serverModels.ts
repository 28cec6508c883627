import { DisposableStore, type Disposable } from '../base/disposable';
import { Emitter } from '../base/emitter';
import { errorMessage } from '../base/errorMessage';
import type { Log } from '../ports/log';
import type { SecretCredentials } from './secretCredentials';
import type { Settings } from './settings';

/** What it needs of the host. */
export interface ServerModelsOptions {
  readonly settings: Settings;
  readonly credentials: SecretCredentials;
  readonly log: Log;
  /** Asks the server for the ids of its models. */
  readonly list: (signal: AbortSignal) => Promise<readonly string[]>;
}

/**
 * What the model's server says it has. It is asked when a person looks at the models for the first time, and again when
 * the key or the server is another one; never before. Where it does not say, the models we know are offered.
 */
export class ServerModels implements Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new Emitter<void>());
  /** Fires when the server named its models, or they do not count any more. */
  readonly onDidChange = this.changed.event;
  private ids: readonly string[] | undefined;
  private wasAsked = false;
  private loading: Promise<void> | undefined;
  private asking = new AbortController();
  private server: string;

  constructor(private readonly options: ServerModelsOptions) {
    const { credentials, settings } = options;
    this.server = this.serverSettings();
    this.store.add(credentials.onDidChange(() => this.renew()));
    this.store.add(
      settings.onDidChange(() => {
        const server = this.serverSettings();
        if (server === this.server) return;
        this.server = server;
        this.renew();
      }),
    );
    this.store.add({ dispose: () => this.asking.abort() });
  }

  /** Ids as the server named them; empty where it was not asked yet or does not say. */
  get served(): readonly string[] {
    return this.ids ?? [];
  }

  /** Asks the server, unless it has answered; calls meanwhile share the answer. Never rejects. */
  load(): Promise<void> {
    this.wasAsked = true;
    if (this.ids) return Promise.resolve();
    const { signal } = this.asking;
    this.loading ??= this.ask(signal).finally(() => {
      if (!signal.aborted) this.loading = undefined;
    });
    return this.loading;
  }

  dispose(): void {
    this.store.dispose();
  }

  /** Another key or address: what was said does not count any more. Who never looked at the models has no use for them. */
  private renew(): void {
    this.asking.abort();
    this.asking = new AbortController();
    this.loading = undefined;
    this.ids = undefined;
    this.changed.fire();
    if (this.wasAsked) void this.load();
  }

  private async ask(signal: AbortSignal): Promise<void> {
    const { credentials, settings, log, list } = this.options;
    try {
      const { kind } = await credentials.connection();
      if (kind !== 'api' || settings.baseUrlIsBroken) return;
      const ids = await list(signal);
      if (signal.aborted) return;
      this.ids = ids;
      this.changed.fire();
    } catch (error) {
      if (!signal.aborted)
        log.info(`The server does not say which models it has: ${errorMessage(error)}`);
    }
  }

  private serverSettings(): string {
    const { settings } = this.options;
    return `${settings.get('wireApi')} ${settings.get('baseUrl')}`;
  }
}
