import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listModels } from '../../../../src/adapters/openai/listModels';

describe('the list of models', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.close();
      server.closeAllConnections();
    }
  });

  async function list(body: string, status = 200): Promise<readonly string[]> {
    const server = createServer((request, response) => {
      response.writeHead(request.url === '/v1/models' ? status : 404).end(body);
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const baseUrl = () => `http://127.0.0.1:${port}/v1`;
    const credentials = { apiKey: async () => undefined, baseUrl };
    return listModels({ credentials }, new AbortController().signal);
  }

  it('is what the server names, each once, without what is no id', async () => {
    const data = [
      { id: 'b' },
      { id: 'a', owned_by: 'x' },
      { id: 'b' },
      ...[{ id: 7 }, null, 'c', { id: '' }, { id: 'with\nline' }, { id: 'x'.repeat(201) }],
    ];
    assert.deepEqual(await list(JSON.stringify({ object: 'list', data })), ['b', 'a']);
  });

  it('ends at so many models', async () => {
    const data = Array.from({ length: 2000 }, (_, index) => ({ id: `m${index}` }));
    assert.equal((await list(JSON.stringify({ data }))).length, 500);
  });

  it('is refused where it is no list, no JSON, no page or far too long', async () => {
    await assert.rejects(list('{}'), /no list of models/);
    await assert.rejects(list('<html>'), SyntaxError);
    await assert.rejects(list('{"error":{}}', 404));
    await assert.rejects(list(' '.repeat(5 * 1024 * 1024)), /too long/);
  });
});
