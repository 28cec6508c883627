import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Onboarding } from '../../src/extension/onboarding';
import { tandemHost, until } from './tandemHost';

describe('what is told of a person who begins', () => {
  it('is whether a key is missing, also after the key or the settings changed', async function () {
    if (process.env['OPENAI_API_KEY']) this.skip();
    const host = await tandemHost();
    const told = new Map<string, unknown>();
    const keys = { set: (name: string, value: unknown) => void told.set(name, value) };
    const memory = { get: () => true } as unknown as vscode.Memento;
    const onboarding = new Onboarding(memory, host, keys);
    const configuration = vscode.workspace.getConfiguration('tandem');
    const configure = async (wireApi?: string, baseUrl?: string) => {
      await configuration.update('wireApi', wireApi, vscode.ConfigurationTarget.Global);
      await configuration.update('baseUrl', baseUrl, vscode.ConfigurationTarget.Global);
    };
    const isMissing = (value: boolean) => until(() => told.get('tandem.keyMissing') === value);
    try {
      await onboarding.lookAtConnection();
      assert.equal(told.get('tandem.keyMissing'), true);
      await host.credentials.storeKey('test-key');
      await isMissing(false);
      assert.equal(told.get('tandem.isConnected'), true);
      await host.credentials.clearKey();
      await isMissing(true);
      await configure('chat', 'http://127.0.0.1:9/v1');
      await isMissing(false);
    } finally {
      await configure();
      await host.credentials.clearKey();
      onboarding.dispose();
    }
  });
});
