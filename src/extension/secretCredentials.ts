import type { SecretStorage } from 'vscode';
import { Emitter } from '../base/emitter';
import { DisposableStore, type Disposable } from '../base/disposable';
import type { Credentials } from '../ports/credentials';
import type { Connection } from '../protocol/viewProtocol';

const secretName = 'tandem.apiKey';
const officialBaseUrl = 'https://api.openai.com/v1';

/**
 * The API key and address: the person's stored key and setting first, then the host process's environment.
 * With `TANDEM_DEMO=1` the environment names the scripted demo model, until the person stores a key of their own.
 */
export class SecretCredentials implements Credentials, Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new Emitter<void>());
  /** Fires when a key was stored or removed, also in another window. */
  readonly onDidChange = this.changed.event;
  /** The stored key as last read; `baseUrl` must answer at once. */
  private storedKey: string | undefined;

  constructor(
    private readonly secrets: SecretStorage,
    private readonly baseUrlSetting: () => string,
    private readonly environment: Readonly<Record<string, string | undefined>>,
  ) {
    this.store.add(
      secrets.onDidChange(({ key }) => {
        if (key === secretName) this.changed.fire();
      }),
    );
  }

  async apiKey(): Promise<string | undefined> {
    this.storedKey = await this.secrets.get(secretName);
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
    return this.baseUrlSetting() || (isDemoHost ? officialBaseUrl : this.environmentBaseUrl);
  }

  /** Where answers would come from now. */
  async connection(): Promise<Connection> {
    const key = await this.apiKey();
    if (this.isDemo) return { kind: 'demo' };
    return key ? { kind: 'api', host: hostOf(this.baseUrl()) } : { kind: 'missingKey' };
  }

  async storeKey(key: string): Promise<void> {
    await this.secrets.store(secretName, key);
  }

  async clearKey(): Promise<void> {
    await this.secrets.delete(secretName);
  }

  dispose(): void {
    this.store.dispose();
  }

  private get environmentBaseUrl(): string {
    return this.environment['OPENAI_BASE_URL'] || officialBaseUrl;
  }

  private get isDemo(): boolean {
    return this.environment['TANDEM_DEMO'] === '1' && !this.storedKey;
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
