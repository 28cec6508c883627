import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  testConnection,
  type ConnectionReport,
} from '../../../../src/adapters/openai/testConnection';
import type { WireApi } from '../../../../src/protocol/turnContext';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const key = 'sk-verysecretkey1234567890';
const notFound = json(404, { error: { message: 'Not found' } });

function json(status: number, body: unknown): Answer {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
}

function failing(status: number, error: Record<string, unknown>): Answer {
  return json(status, { error });
}

function events(...values: readonly unknown[]): Answer {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const value of values) response.write(`data: ${JSON.stringify(value)}\n\n`);
    response.end();
  };
}

function page(status: number): Answer {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
    response.end('<!doctype html><title>Welcome</title>');
  };
}

const created = { type: 'response.created', response: { id: 'r' } };
const responsesAnswer = events(created, {
  type: 'response.output_text.delta',
  output_index: 0,
  delta: 'Hi',
});
const chatAnswer = events({
  id: 'c',
  object: 'chat.completion.chunk',
  choices: [{ index: 0, delta: { content: 'Hi' } }],
});

describe('a test of the connection', () => {
  const servers: Server[] = [];
  let asked: { url: string; authorization: string | undefined }[];
  beforeEach(() => (asked = []));
  afterEach(closeServers);

  function closeServers(): void {
    for (const server of servers.splice(0)) {
      server.close();
      server.closeAllConnections();
    }
  }

  /** Starts a server that answers by path; what it does not know it does not find. */
  async function serve(answers: Readonly<Record<string, Answer>>): Promise<string> {
    const server = createServer((request, response) => {
      asked.push({ url: request.url ?? '', authorization: request.headers.authorization });
      (answers[request.url ?? ''] ?? notFound)(request, response);
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  }

  async function test(
    baseUrl: string,
    options: { wireApi?: WireApi; apiKey?: string; timeoutMs?: number } = {},
  ): Promise<ConnectionReport> {
    const { wireApi = 'responses', apiKey = key, ...rest } = options;
    const credentials = { apiKey: async () => apiKey, baseUrl: () => baseUrl };
    const question = { credentials, model: 'gpt-5.5', wireApi, ...rest };
    const report = await testConnection(question, new AbortController().signal);
    assert.ok(report, 'nobody interrupted it');
    assert.doesNotMatch(report.message, /verysecret/);
    return report;
  }

  async function faultOf(answer: Answer, wireApi: WireApi = 'responses'): Promise<string | null> {
    const path = wireApi === 'chat' ? '/v1/chat/completions' : '/v1/responses';
    const report = await test(await serve({ [path]: answer }), { wireApi });
    return report.fault;
  }

  it('says in a sentence that the model can be used', async () => {
    const report = await test(await serve({ '/v1/responses': responsesAnswer }));
    assert.equal(report.fault, null);
    assert.match(report.message, /^127\.0\.0\.1:\d+ answers, and gpt-5\.5 can be used\.$/);
    assert.deepEqual(
      asked.map(({ url, authorization }) => [url, authorization]),
      [['/v1/responses', `Bearer ${key}`]],
    );
    assert.equal(await faultOf(chatAnswer, 'chat'), null);
  });

  it('lets go of the answer as soon as it begins', async () => {
    let closed: Promise<void> | undefined;
    const endless: Answer = (_request, response) => {
      closed = new Promise((resolve) => response.on('close', () => resolve()));
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const delta = { type: 'response.output_text.delta', output_index: 0, delta: 'Hi' };
      response.write(`data: ${JSON.stringify(created)}\n\ndata: ${JSON.stringify(delta)}\n\n`);
    };
    assert.equal(await faultOf(endless), null);
    await closed;
  });

  it('tells a wrong key from a missing one and from one that may not do this', async () => {
    const refused = failing(401, { code: 'invalid_api_key', message: `Incorrect key ${key}.` });
    assert.equal(await faultOf(refused), 'wrongKey');
    assert.equal(
      await faultOf(failing(403, { message: 'Your country is not allowed.' })),
      'forbidden',
    );
    assert.equal((await test('https://api.openai.com/v1', { apiKey: '' })).fault, 'missingKey');
    const baseUrl = await serve({ '/v1/responses': refused });
    const before = asked.length;
    assert.equal((await test(baseUrl, { apiKey: '' })).fault, 'missingKey');
    assert.equal(asked.length, before, 'nothing is sent without a key');
  });

  it('tells a model that is not there from a path that is not', async () => {
    const missing = failing(404, { code: 'model_not_found', message: 'No such model.' });
    assert.equal(await faultOf(missing), 'unknownModel');
    const forbidden = {
      code: 'model_not_found',
      message: 'The project has no access to the model.',
    };
    assert.equal(await faultOf(failing(403, forbidden)), 'unknownModel');
    assert.equal(await faultOf(notFound), 'wrongPath');
    assert.equal(await faultOf(failing(405, { message: 'Method not allowed' })), 'wrongPath');
  });

  it('knows web pages and redirects for what they are', async () => {
    for (const status of [200, 403, 404]) assert.equal(await faultOf(page(status)), 'wrongPath');
    assert.equal(await faultOf(page(502)), 'server');
    const redirect: Answer = (_request, response) => {
      response.writeHead(302, { location: 'https://example.com/' }).end();
    };
    assert.equal(await faultOf(redirect), 'wrongPath');
  });

  it('tells an empty account from a server that is busy, and both from one that fails', async () => {
    const quota = { type: 'insufficient_quota', code: 'insufficient_quota', message: 'Pay first.' };
    assert.equal(await faultOf(failing(429, quota)), 'quota');
    assert.equal(await faultOf(failing(429, { message: 'Slow down.' })), 'rateLimit');
    assert.equal(await faultOf(failing(500, { message: 'Oops.' })), 'server');
    assert.equal(await faultOf(failing(503, {})), 'server');
    assert.equal(await faultOf(failing(400, { message: 'Unknown field store.' })), 'request');
  });

  it('hears of a failure that comes inside a stream', async () => {
    const failed = (code: string) =>
      events(created, { type: 'response.failed', response: { error: { code, message: 'No.' } } });
    assert.equal(await faultOf(failed('insufficient_quota')), 'quota');
    assert.equal(await faultOf(failed('server_error')), 'server');
    assert.equal(await faultOf(events(created)), 'server', 'it ends without an answer');
  });

  it('finds out that a server speaks only the other API', async () => {
    const chat = await test(await serve({ '/v1/chat/completions': chatAnswer }));
    assert.equal(chat.fault, 'otherApi');
    assert.match(chat.message, /speaks Chat Completions and not the Responses API/);
    const baseUrl = await serve({ '/v1/responses': responsesAnswer });
    const responses = await test(baseUrl, { wireApi: 'chat' });
    assert.equal(responses.fault, 'otherApi');
    assert.match(responses.message, /speaks the Responses API and not Chat Completions/);
  });

  it('takes an answer of the other API that is a complaint as a sign of it too', async () => {
    const complaint = failing(404, { message: 'model "gpt-5.5" not found, try pulling it first' });
    const unexpected = json(200, { error: 'Unexpected endpoint or method. (POST /v1/responses)' });
    const answers = { '/v1/responses': unexpected, '/v1/chat/completions': complaint };
    assert.equal((await test(await serve(answers))).fault, 'otherApi');
  });

  it('tells a name that nobody knows from a port where nobody listens', async () => {
    assert.equal((await test('http://tandem.invalid/v1')).fault, 'hostNotFound');
    const baseUrl = await serve({});
    closeServers();
    const { fault, message } = await test(baseUrl);
    assert.equal(fault, 'refused');
    assert.match(message, /Is the server running\?/);
  });

  it('tells a certificate that is not trusted, an address that is none, and silence', async () => {
    const untrusted = () => {
      const cause = Object.assign(new Error('self-signed'), {
        code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
      });
      return Promise.reject(Object.assign(new TypeError('fetch failed'), { cause }));
    };
    const credentials = { apiKey: async () => key, baseUrl: () => 'https://gateway.example/v1' };
    const question = { credentials, model: 'm', wireApi: 'responses', fetch: untrusted } as const;
    const report = await testConnection(question, new AbortController().signal);
    assert.equal(report?.fault, 'certificate');
    assert.equal((await test('nonsense')).fault, 'baseUrl');
    const silent = await serve({ '/v1/responses': () => undefined });
    const { fault, message } = await test(silent, { timeoutMs: 1000 });
    assert.equal(fault, 'timeout');
    assert.match(message, /did not answer within 1 seconds/);
  });

  it('ends without a report when it is interrupted', async () => {
    const baseUrl = await serve({ '/v1/responses': () => controller.abort() });
    const controller = new AbortController();
    const credentials = { apiKey: async () => key, baseUrl: () => baseUrl };
    const question = { credentials, model: 'm', wireApi: 'responses' } as const;
    assert.equal(await testConnection(question, controller.signal), undefined);
  });
});
