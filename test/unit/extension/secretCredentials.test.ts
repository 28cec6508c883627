import assert from 'node:assert/strict';
import { Emitter } from '../../../src/base/emitter';
import { SecretCredentials } from '../../../src/extension/secretCredentials';
import type { WireApi } from '../../../src/protocol/turnContext';

type SecretStorage = ConstructorParameters<typeof SecretCredentials>[0];

type Action = 'get' | 'store' | 'delete';

/** A key ring; what `broken` names throws, as a locked one does. */
function fakeSecrets(broken = new Set<Action>()): SecretStorage {
  const work = (action: Action) => {
    if (broken.has(action)) throw new Error('The key ring is locked: sk-secret');
  };
  const stored = new Map<string, string>();
  const changed = new Emitter<{ key: string }>();
  return {
    get: async (key) => {
      work('get');
      return stored.get(key);
    },
    store: async (key, value) => {
      work('store');
      stored.set(key, value);
      changed.fire({ key });
    },
    delete: async (key) => {
      work('delete');
      stored.delete(key);
      changed.fire({ key });
    },
    keys: async () => [...stored.keys()],
    onDidChange: changed.event,
  };
}

function credentialsOf(
  environment: Record<string, string>,
  baseUrl = '',
  { wireApi = 'responses', secrets = fakeSecrets() }: CredentialOptions = {},
) {
  const server = { baseUrl: () => baseUrl, wireApi: () => wireApi };
  return new SecretCredentials(secrets, server, environment);
}

interface CredentialOptions {
  readonly wireApi?: WireApi;
  readonly secrets?: SecretStorage;
}

const all: readonly Action[] = ['get', 'store', 'delete'];

describe('SecretCredentials', () => {
  it('prefer the stored key to the one of the environment', async () => {
    const credentials = credentialsOf({ OPENAI_API_KEY: 'environment' });
    assert.equal(await credentials.apiKey(), 'environment');
    await credentials.storeKey('stored');
    assert.equal(await credentials.apiKey(), 'stored');
    await credentials.clearKey();
    assert.equal(await credentials.apiKey(), 'environment');
  });

  it('say that a key is missing', async () => {
    assert.deepEqual(await credentialsOf({}).connection(), { kind: 'missingKey' });
  });

  it('take the base URL from the setting, then the environment, then the API', () => {
    assert.equal(credentialsOf({}).baseUrl(), 'https://api.openai.com/v1');
    const environment = { OPENAI_BASE_URL: 'http://127.0.0.1:1/v1' };
    assert.equal(credentialsOf(environment).baseUrl(), 'http://127.0.0.1:1/v1');
    assert.equal(credentialsOf(environment, 'https://gateway/v1').baseUrl(), 'https://gateway/v1');
  });

  it('name the host that answers', async () => {
    const credentials = credentialsOf({ OPENAI_API_KEY: 'k' }, 'https://gateway:8443/v1');
    assert.deepEqual(await credentials.connection(), { kind: 'api', host: 'gateway:8443' });
  });

  it('are the demo’s until the person stores a key, which never goes to the demo’s server', async () => {
    const credentials = credentialsOf({
      TANDEM_DEMO: '1',
      OPENAI_BASE_URL: 'http://127.0.0.1:1/v1',
    });
    assert.deepEqual(await credentials.connection(), { kind: 'demo' });
    assert.equal(await credentials.apiKey(), 'demo');
    assert.equal(credentials.baseUrl(), 'http://127.0.0.1:1/v1');
    assert.equal(credentials.keyBaseUrl, 'https://api.openai.com/v1');
    await credentials.storeKey('real');
    assert.deepEqual(await credentials.connection(), { kind: 'api', host: 'api.openai.com' });
    assert.equal(credentials.baseUrl(), 'https://api.openai.com/v1');
  });

  it('tell when the key changed', async () => {
    const credentials = credentialsOf({});
    let changes = 0;
    credentials.onDidChange(() => changes++);
    await credentials.storeKey('a');
    await credentials.clearKey();
    assert.equal(changes, 2);
  });

  describe('when the secret storage fails', () => {
    it('Q31 ask for a key once and keep it in memory only', async () => {
      const secrets = fakeSecrets(new Set(all));
      const credentials = credentialsOf({}, '', { secrets });
      let changes = 0;
      credentials.onDidChange(() => changes++);
      assert.deepEqual(await credentials.connection(), { kind: 'missingKey' });
      assert.equal(await credentials.storeKey('typed'), false);
      assert.equal(changes, 1);
      assert.equal(await credentials.apiKey(), 'typed');
      assert.deepEqual(await credentials.connection(), { kind: 'api', host: 'api.openai.com' });
      const another = credentialsOf({}, '', { secrets });
      assert.equal(await another.apiKey(), undefined, 'nothing was written');
    });

    it('Q31 go on with the key read before, or the one of the environment', async () => {
      const broken = new Set<Action>();
      const secrets = fakeSecrets(broken);
      await secrets.store('tandem.apiKey', 'stored');
      const credentials = credentialsOf({ OPENAI_API_KEY: 'environment' }, '', { secrets });
      assert.equal(await credentials.apiKey(), 'stored');
      all.forEach((action) => broken.add(action));
      assert.equal(await credentials.apiKey(), 'stored');
      const fresh = credentialsOf({ OPENAI_API_KEY: 'environment' }, '', { secrets });
      assert.equal(await fresh.apiKey(), 'environment');
    });

    it('Q31 forget a key that the storage does not let go of', async () => {
      const secrets = fakeSecrets(new Set(['delete']));
      await secrets.store('tandem.apiKey', 'stored');
      const credentials = credentialsOf({}, '', { secrets });
      await credentials.apiKey();
      assert.equal(await credentials.clearKey(), false);
      assert.equal(await credentials.apiKey(), undefined);
    });

    it('use what another window stores from then on', async () => {
      const broken = new Set<Action>(['store']);
      const secrets = fakeSecrets(broken);
      const credentials = credentialsOf({}, '', { secrets });
      await credentials.storeKey('typed');
      assert.equal(await credentials.apiKey(), 'typed');
      broken.clear();
      await secrets.store('tandem.apiKey', 'stored elsewhere');
      assert.equal(await credentials.apiKey(), 'stored elsewhere');
    });
  });

  it('Q31 give a rotated key to the very next request', async () => {
    const credentials = credentialsOf({});
    await credentials.storeKey('old');
    assert.equal(await credentials.apiKey(), 'old');
    await credentials.storeKey('new');
    assert.equal(await credentials.apiKey(), 'new');
  });

  it('miss no key for a chat server that is not OpenAI’s', async () => {
    const ollama = 'http://localhost:11434/v1';
    const local = credentialsOf({}, ollama, { wireApi: 'chat' });
    assert.deepEqual(await local.connection(), { kind: 'api', host: 'localhost:11434' });
    const responses = credentialsOf({}, ollama);
    assert.deepEqual(await responses.connection(), { kind: 'missingKey' });
    const official = credentialsOf({}, '', { wireApi: 'chat' });
    assert.deepEqual(await official.connection(), { kind: 'missingKey' });
    const demo = credentialsOf({ TANDEM_DEMO: '1' }, ollama, { wireApi: 'chat' });
    assert.deepEqual(await demo.connection(), { kind: 'api', host: 'localhost:11434' });
    assert.equal(demo.baseUrl(), ollama);
  });

  it('try a key at the server it is for, and tell the log of it before', async () => {
    const told: (string | undefined)[] = [];
    const server = { baseUrl: () => '', wireApi: () => 'responses' as const };
    const environment = { TANDEM_DEMO: '1', OPENAI_BASE_URL: 'http://127.0.0.1:1/v1' };
    const credentials = new SecretCredentials(fakeSecrets(), server, environment, (key) =>
      told.push(key),
    );
    const tried = credentials.withKey('tried');
    assert.deepEqual(told, ['tried']);
    assert.equal(await tried.apiKey(), 'tried');
    assert.equal(tried.baseUrl(), 'https://api.openai.com/v1');
    assert.equal(await credentials.hasStoredKey(), false);
    await credentials.storeKey('kept');
    assert.equal(await credentials.hasStoredKey(), true);
  });
});
