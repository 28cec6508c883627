import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { RequestError } from '../../src/extension/requestError';
import { startTurn } from '../../src/extension/sendInput';
import { tandemHost } from './tandemHost';

const input = { text: 'Hello', attachments: [] };

describe('a turn that cannot start', () => {
  it('says that no key is known, and shows no thread', async function () {
    if (process.env['OPENAI_API_KEY']) this.skip();
    const host = await tandemHost();
    host.shown.clear();
    await assert.rejects(startTurn(host, input), /No API key is known yet/);
    assert.equal(host.shown.current, undefined);
  });

  it('says that the base URL is no address, and sends the key nowhere', async () => {
    const host = await tandemHost();
    const configuration = vscode.workspace.getConfiguration('tandem');
    await configuration.update('baseUrl', 'not a url', vscode.ConfigurationTarget.Global);
    try {
      await assert.rejects(startTurn(host, input), (error: unknown) => {
        assert.ok(error instanceof RequestError);
        assert.match(error.message, /tandem\.baseUrl is not an http or https address/);
        assert.deepEqual(error.remedy, { title: 'Open Setting', request: 'baseUrl/open' });
        return true;
      });
    } finally {
      await configuration.update('baseUrl', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('keeps personal settings out of the hands of a workspace', async () => {
    const host = await tandemHost();
    const configuration = vscode.workspace.getConfiguration('tandem');
    await assert.rejects(async () =>
      configuration.update('approvalPolicy', 'never', vscode.ConfigurationTarget.Workspace),
    );
    assert.equal(host.settings.get('approvalPolicy'), 'on-request');
  });
});
