import type { SecretStorage } from 'vscode';
import { Emitter } from '../base/emitter';
import { DisposableStore, type Disposable } from '../base/disposable';
import type { Credentials } from '../ports/credentials';
import type { WireApi } from '../protocol/turnContext';
import type { Connection } from '../protocol/viewProtocol';

const secretName = 'tandem.apiKey';
const officialBaseUrl = 'https://api.openai.com/v1';

/** What the settings say of the server. */
export interface ServerSettings {
  /** Empty where the environment or the API's own address counts. */
  baseUrl(): string;
  wireApi(): WireApi;
}

/**
 * The API key and address: the person's stored key and setting first, then the host process's environment. A secret
 * storage that cannot be read or written leaves the key that this window knows, in memory only: it is asked for once.
 * With `TANDEM_DEMO=1` the environment names the scripted demo model, until the person stores a key of their own or
 * names a server of their own.
 */
export class SecretCredentials implements Credentials, Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new Emitter<void>());
  /** Fires when a key was stored or removed, also in another window. */
  readonly onDidChange = this.changed.event;
  /** The stored key as last read or set; `baseUrl` must answer at once. */
  private storedKey: string | undefined;
  /** True while the storage holds something else than the key the person set last. */
  private isUnstored = false;

  constructor(
    private readonly secrets: SecretStorage,
    private readonly server: ServerSettings,
    private readonly environment: Readonly<Record<string, string | undefined>>,
    /** Told every key that is read or set, so that no log ever shows it. */
    private readonly onKey: (key: string | undefined) => void = () => undefined,
  ) {
    this.store.add(
      secrets.onDidChange(({ key }) => {
        if (key !== secretName) return;
        this.isUnstored = false;
        this.changed.fire();
      }),
    );
  }

  async apiKey(): Promise<string | undefined> {
    await this.readStoredKey();
    const key = this.storedKey ?? this.environment['OPENAI_API_KEY'];
    if (key) return key;
    return this.isDemo ? 'demo' : undefined;
  }

  baseUrl(): string {
    return this.isDemo ? this.environmentBaseUrl : this.keyBaseUrl;
  }

  /** Where a key of the person is sent: never to the demo's own server, which the environment of a demo names. */
  get keyBaseUrl(): string {
    const isDemoHost = this.environment['TANDEM_DEMO'] === '1';
    return this.server.baseUrl() || (isDemoHost ? officialBaseUrl : this.environmentBaseUrl);
  }

  /** Where answers would come from now. */
  async connection(): Promise<Connection> {
    const key = await this.apiKey();
    if (this.isDemo) return { kind: 'demo' };
    if (!key && this.needsKey(this.baseUrl())) return { kind: 'missingKey' };
    return { kind: 'api', host: hostOf(this.baseUrl()) };
  }

  /** The same server with another key, such as one that is tried before it is kept. */
  withKey(key: string): Credentials {
    this.onKey(key);
    return { apiKey: async () => key, baseUrl: () => this.keyBaseUrl };
  }

  /** True where a key is stored, or kept in memory because it could not be. */
  async hasStoredKey(): Promise<boolean> {
    await this.readStoredKey();
    return this.storedKey !== undefined;
  }

  /** Keeps the key; false where it could not be stored and lasts only as long as this window. */
  async storeKey(key: string): Promise<boolean> {
    this.onKey(key);
    return this.replaceKey(key, () => this.secrets.store(secretName, key));
  }

  /** Forgets the key; false where the storage did not let go of it. */
  async clearKey(): Promise<boolean> {
    return this.replaceKey(undefined, () => this.secrets.delete(secretName));
  }

  dispose(): void {
    this.store.dispose();
  }

  private async readStoredKey(): Promise<void> {
    if (this.isUnstored) return;
    try {
      this.storedKey = await this.secrets.get(secretName);
      this.onKey(this.storedKey);
    } catch {
      // A locked or broken key ring: what was read before still counts. Its errors may quote secrets, so none is logged.
    }
  }

  private async replaceKey(key: string | undefined, store: () => Thenable<void>): Promise<boolean> {
    try {
      await store();
      this.isUnstored = false;
      return true;
    } catch {
      this.storedKey = key;
      this.isUnstored = true;
      this.changed.fire();
      return false;
    }
  }

  /** Only servers of Chat Completions elsewhere than at OpenAI are asked without a key. */
  private needsKey(baseUrl: string): boolean {
    return this.server.wireApi() !== 'chat' || hostOf(baseUrl) === hostOf(officialBaseUrl);
  }

  private get environmentBaseUrl(): string {
    return this.environment['OPENAI_BASE_URL'] || officialBaseUrl;
  }

  private get isDemo(): boolean {
    const own = this.server.baseUrl();
    const isElsewhere = own !== '' && !this.needsKey(own);
    return this.environment['TANDEM_DEMO'] === '1' && !this.storedKey && !isElsewhere;
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
