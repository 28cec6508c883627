import assert from 'node:assert/strict';
import type { HostMessage, ViewMessage } from '../../../src/protocol/viewProtocol';
import { createHostConnection, HostRequestError } from '../../../webview-ui/src/hostConnection';

function connect() {
  const sent: ViewMessage[] = [];
  let hear: (message: HostMessage) => void = () => undefined;
  const connection = createHostConnection({
    post: (message) => sent.push(message),
    listen: (listener) => (hear = listener),
  });
  return { sent, connection, hear: (message: HostMessage) => hear(message) };
}

describe('createHostConnection', () => {
  it('gives each answer to the request that asked, in whatever order they come', async () => {
    const { sent, connection, hear } = connect();
    const first = connection.request('thread/list', {});
    const second = connection.request('thread/start', {});
    hear({ kind: 'answer', id: sent[1]!.id, result: null });
    hear({ kind: 'answer', id: sent[0]!.id, result: [] });
    assert.deepEqual(await Promise.all([first, second]), [[], null]);
  });

  it("rejects with the host's own words and code", async () => {
    const { sent, connection, hear } = connect();
    const request = connection.request('thread/open', { threadId: 'gone' });
    const error = { code: 'notFound', message: 'There is no such thread.' } as const;
    hear({ kind: 'error', id: sent[0]!.id, error });
    await assert.rejects(request, (thrown) => {
      assert.ok(thrown instanceof HostRequestError);
      assert.deepEqual([thrown.code, thrown.message], [error.code, error.message]);
      return true;
    });
  });

  it('ignores answers nobody waits for and notifications nobody listens to', () => {
    const { hear } = connect();
    hear({ kind: 'answer', id: 99, result: null });
    hear({ kind: 'notification', name: 'composer/focused', params: {} });
  });
});
