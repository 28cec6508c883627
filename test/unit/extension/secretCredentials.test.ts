import assert from 'node:assert/strict';
import { Emitter } from '../../../src/base/emitter';
import { SecretCredentials } from '../../../src/extension/secretCredentials';

type SecretStorage = ConstructorParameters<typeof SecretCredentials>[0];

function fakeSecrets(): SecretStorage {
  const stored = new Map<string, string>();
  const changed = new Emitter<{ key: string }>();
  return {
    get: async (key) => stored.get(key),
    store: async (key, value) => {
      stored.set(key, value);
      changed.fire({ key });
    },
    delete: async (key) => {
      stored.delete(key);
      changed.fire({ key });
    },
    keys: async () => [...stored.keys()],
    onDidChange: changed.event,
  };
}

function credentialsOf(environment: Record<string, string>, baseUrlSetting = '') {
  return new SecretCredentials(fakeSecrets(), () => baseUrlSetting, environment);
}

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
});
