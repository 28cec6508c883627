import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createResponsesModel } from '../../../../src/adapters/openai/responsesModel';
import type { ModelItem } from '../../../../src/protocol/modelItem';
import { ModelError, type ModelEvent, type ModelRequest } from '../../../../src/ports/model';
import {
  closeAfter,
  customCall,
  delivered,
  dropAfter,
  endingWith,
  functionCall,
  hang,
  hangAfter,
  httpError,
  message,
  otherItem,
  reasoning,
  respond,
  startScriptedServer,
  withUsage,
  type Script,
  type ScriptedServer,
} from '../../../support/scriptedServer';

const key = 'sk-test-CANARY0123456789';
const request: ModelRequest = {
  model: 'gpt-5.5',
  instructions: 'Be brief.',
  input: [userMessage('hello')],
  tools: [
    {
      kind: 'function',
      name: 'exec_command',
      description: 'Runs a command.',
      parameters: { type: 'object', properties: { cmd: { type: 'string' } } },
    },
    {
      kind: 'freeform',
      name: 'apply_patch',
      description: 'Edits files.',
      grammar: { syntax: 'lark', definition: 'start: /.+/' },
    },
  ],
  parallelToolCalls: true,
  effort: 'medium',
  promptCacheKey: 'thread-1',
};

function userMessage(text: string): ModelItem {
  return { type: 'message', role: 'user', content: [{ type: 'input_text', text }] };
}

describe('the Responses model', () => {
  const servers: ScriptedServer[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });

  async function start(script: Script): Promise<ScriptedServer> {
    const server = await startScriptedServer(script);
    servers.push(server);
    return server;
  }

  function modelAt(baseUrl: string, options: { key?: string; idleMs?: number } = {}) {
    const { key: apiKey = key, ...rest } = options;
    return createResponsesModel({
      credentials: { apiKey: async () => apiKey || undefined, baseUrl: () => baseUrl },
      ...rest,
    });
  }

  async function collect(
    baseUrl: string,
    options: { request?: Partial<ModelRequest>; signal?: AbortSignal; idleMs?: number } = {},
  ): Promise<ModelEvent[]> {
    const { request: changes, signal = new AbortController().signal, ...rest } = options;
    const events: ModelEvent[] = [];
    for await (const event of modelAt(baseUrl, rest).stream({ ...request, ...changes }, signal)) {
      events.push(event);
    }
    return events;
  }

  async function failure(script: Script, options: { idleMs?: number } = {}): Promise<ModelError> {
    const { baseUrl } = await start(script);
    return modelError(collect(baseUrl, options));
  }

  async function modelError(run: Promise<unknown>): Promise<ModelError> {
    const error = await run.then(
      () => assert.fail('It went well.'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof ModelError, String(error));
    assert.ok(!error.message.includes('CANARY'), error.message);
    assert.ok(!JSON.stringify(error).includes('CANARY'));
    return error;
  }

  describe('what it sends', () => {
    it('asks for a stream that nothing is stored of', async () => {
      const { baseUrl, requests } = await start([respond(message('hi'))]);
      await collect(baseUrl);
      assert.deepEqual(requests[0]?.body, {
        model: 'gpt-5.5',
        instructions: 'Be brief.',
        input: [userMessage('hello')],
        tools: [
          {
            type: 'function',
            name: 'exec_command',
            description: 'Runs a command.',
            strict: false,
            parameters: { type: 'object', properties: { cmd: { type: 'string' } } },
          },
          {
            type: 'custom',
            name: 'apply_patch',
            description: 'Edits files.',
            format: { type: 'grammar', syntax: 'lark', definition: 'start: /.+/' },
          },
        ],
        tool_choice: 'auto',
        parallel_tool_calls: true,
        reasoning: { effort: 'medium', summary: 'auto' },
        store: false,
        stream: true,
        include: ['reasoning.encrypted_content'],
        prompt_cache_key: 'thread-1',
      });
      assert.equal(requests[0]?.headers.authorization, `Bearer ${key}`);
    });

    it('leaves out reasoning for models that do not reason, and adds verbosity and schema', async () => {
      const { baseUrl, requests } = await start([respond()]);
      const { effort: _effort, ...plain } = request;
      const model = modelAt(baseUrl);
      const asked = { ...plain, verbosity: 'low', outputSchema: { type: 'object' } } as const;
      for await (const _event of model.stream(asked, new AbortController().signal)) void _event;
      assert.equal(requests[0]?.body.reasoning, undefined);
      assert.deepEqual(requests[0]?.body.text, {
        verbosity: 'low',
        format: {
          type: 'json_schema',
          name: 'final_answer',
          strict: true,
          schema: { type: 'object' },
        },
      });
    });

    it('sends equal requests as equal bytes, whatever order their fields came in', async () => {
      const { baseUrl, requests } = await start([respond(), respond()]);
      await collect(baseUrl);
      const turned = Object.fromEntries(Object.entries(request).reverse());
      await collect(baseUrl, { request: turned });
      assert.equal(requests[0]?.raw, requests[1]?.raw);
    });

    it('reads the key anew for each request', async () => {
      const { baseUrl, requests } = await start([respond(), respond()]);
      const keys = ['first', 'second'];
      const model = createResponsesModel({
        credentials: { apiKey: async () => keys.shift(), baseUrl: () => baseUrl },
      });
      for (let n = 0; n < 2; n++) {
        for await (const _event of model.stream(request, new AbortController().signal)) void _event;
      }
      assert.deepEqual(
        requests.map(({ headers }) => headers.authorization),
        ['Bearer first', 'Bearer second'],
      );
    });

    it('can send back everything the model answered', async () => {
      const { baseUrl, violations } = await start([
        respond(
          reasoning('I look.', 'I decide.'),
          message('Looking.', { phase: 'commentary' }),
          functionCall('exec_command', { cmd: 'ls' }, 'call_a'),
          customCall('apply_patch', '*** Begin Patch', 'call_b'),
        ),
        respond(message('Done.', { phase: 'final_answer' })),
      ]);
      const items = (await collect(baseUrl)).flatMap((event) =>
        event.type === 'itemDone' ? [event.item] : [],
      );
      assert.deepEqual(items, [
        {
          type: 'reasoning',
          summary: [
            { type: 'summary_text', text: 'I look.' },
            { type: 'summary_text', text: 'I decide.' },
          ],
          encrypted_content: 'encrypted rs_1_0',
        },
        {
          type: 'message',
          role: 'assistant',
          content: [{ type: 'output_text', text: 'Looking.' }],
          phase: 'commentary',
        },
        {
          type: 'function_call',
          call_id: 'call_a',
          name: 'exec_command',
          arguments: '{"cmd":"ls"}',
        },
        {
          type: 'custom_tool_call',
          call_id: 'call_b',
          name: 'apply_patch',
          input: '*** Begin Patch',
        },
      ]);
      await collect(baseUrl, {
        request: {
          input: [
            ...request.input,
            ...items,
            { type: 'function_call_output', call_id: 'call_a', output: 'a.txt' },
            { type: 'custom_tool_call_output', call_id: 'call_b', output: 'Success.' },
          ],
        },
      });
      assert.deepEqual(violations, []);
    });
  });

  describe('what it reads', () => {
    it('yields the text as it comes, the whole items, and at last the usage', async () => {
      const usage = {
        inputTokens: 900,
        cachedInputTokens: 800,
        outputTokens: 30,
        reasoningOutputTokens: 10,
      };
      const { baseUrl } = await start([
        withUsage(respond(reasoning('First.', 'Then.'), message('one two three four five')), usage),
      ]);
      const events = await collect(baseUrl);
      assert.deepEqual(events[0], { type: 'created', responseId: 'resp_1' });
      assert.deepEqual(
        events.filter((event) => event.type === 'reasoningDelta'),
        [
          { type: 'reasoningDelta', outputIndex: 0, part: 0, text: 'First.' },
          { type: 'reasoningDelta', outputIndex: 0, part: 1, text: 'Then.' },
        ],
      );
      assert.deepEqual(
        events.filter((event) => event.type === 'textDelta'),
        [
          { type: 'textDelta', outputIndex: 1, text: 'one two three' },
          { type: 'textDelta', outputIndex: 1, text: ' four five' },
        ],
      );
      assert.deepEqual(events.at(-1), { type: 'completed', responseId: 'resp_1', usage });
    });

    for (const [name, delivery] of [
      ['one byte at a time', { chunkBytes: 1 }],
      ['with other line ends and comments', { crlf: true, chunkBytes: 7 }],
    ] as const) {
      it(`reads a stream that comes ${name}`, async () => {
        const { baseUrl } = await start([delivered(respond(message('naïve 日本 🎉')), delivery)]);
        const events = await collect(baseUrl);
        const text = events.map((event) => (event.type === 'textDelta' ? event.text : '')).join('');
        assert.equal(text, 'naïve 日本 🎉');
      });
    }

    it('passes items of unknown kinds through', async () => {
      const item = { type: 'hologram', id: 'h1', payload: { deep: [1] } };
      const { baseUrl } = await start([respond(otherItem(item))]);
      const done = (await collect(baseUrl)).find((event) => event.type === 'itemDone');
      assert.deepEqual(done, { type: 'itemDone', outputIndex: 0, item });
    });
  });

  describe('how it fails', () => {
    it('asks for a key before it sends anything', async () => {
      const { baseUrl, requests } = await start([]);
      const model = modelAt(baseUrl, { key: '' });
      const error = await modelError(drain(model.stream(request, new AbortController().signal)));
      assert.equal(error.code, 'credentials');
      assert.equal(error.retryable, false);
      assert.equal(requests.length, 0);
    });

    it('names the host that refuses the connection', async () => {
      const stopped = await start([]);
      await stopped.close();
      const error = await modelError(collect(stopped.baseUrl));
      assert.equal(error.code, 'stream');
      assert.equal(error.retryable, true);
      assert.match(
        error.message,
        /^127\.0\.0\.1:\d+ refused the connection\. Is the server running\?$/,
      );
    });

    it('says that a base URL is none', async () => {
      const error = await modelError(collect('not a url'));
      assert.equal(error.code, 'invalidRequest');
    });

    for (const [name, step] of [
      ['is cut', dropAfter(5)],
      ['ends too early', closeAfter(5)],
      ['ends before its first event', closeAfter(0)],
      ['breaks off inside', delivered(dropAfter(6), { chunkBytes: 3 })],
    ] as const) {
      it(`calls a stream that ${name} a fault to retry`, async () => {
        const error = await failure([step]);
        assert.equal(error.code, 'stream');
        assert.equal(error.retryable, true);
      });
    }

    for (const [name, step] of [
      ['never begins', hang()],
      ['stops', hangAfter(4)],
    ] as const) {
      it(`gives up on a stream that ${name}`, async () => {
        const error = await failure([step], { idleMs: 60 });
        assert.match(error.message, /fell silent/);
        assert.equal(error.retryable, true);
      });
    }

    it('does not count the time that the caller takes', async () => {
      const { baseUrl } = await start([respond(message('one two three four'))]);
      const model = modelAt(baseUrl, { idleMs: 1000 });
      let last: ModelEvent | undefined;
      for await (const event of model.stream(request, new AbortController().signal)) {
        if (event.type === 'created') await new Promise((resolve) => setTimeout(resolve, 1500));
        last = event;
      }
      assert.equal(last?.type, 'completed');
    });

    it('ends with an AbortError when it is interrupted before, while waiting, and while reading', async () => {
      const { baseUrl } = await start([hang(), hangAfter(4)]);
      const aborted = AbortSignal.abort();
      await assert.rejects(collect(baseUrl, { signal: aborted }), { name: 'AbortError' });
      for (let n = 0; n < 2; n++) {
        const signal = AbortSignal.timeout(80);
        await assert.rejects(collect(baseUrl, { signal }), { name: 'AbortError' });
      }
    });

    it('lets go of the request when the caller stops reading', async () => {
      const { baseUrl } = await start([hangAfter(6)]);
      const model = modelAt(baseUrl);
      for await (const event of model.stream(request, new AbortController().signal)) {
        if (event.type === 'textDelta') break;
      }
    });

    it('reads what failed, incomplete and error events say', async () => {
      const wentWrong = (code: string, text: string) =>
        failure([endingWith(respond(), { type: 'response.failed', code, message: text })]);
      const overflow = await wentWrong('context_length_exceeded', 'Too long.');
      assert.equal(overflow.code, 'contextOverflow');
      const limit = await wentWrong('rate_limit_exceeded', 'Please try again in 11.054s.');
      assert.equal(limit.code, 'rateLimit');
      assert.equal(limit.retryAfterMs, 11054);
      assert.equal((await wentWrong('insufficient_quota', 'Pay.')).code, 'quota');
      assert.equal((await wentWrong('server_is_overloaded', 'Busy.')).code, 'stream');
      assert.equal((await wentWrong('invalid_prompt', 'No.')).code, 'invalidRequest');
      const told = await failure([
        endingWith(respond(), { type: 'error', code: 'server_error', message: 'Oh dear.' }),
      ]);
      assert.equal(told.code, 'stream');
      assert.match(told.message, /Oh dear/);
      const cut = await failure([
        endingWith(respond(), { type: 'response.incomplete', reason: 'max_output_tokens' }),
      ]);
      assert.equal(cut.code, 'invalidRequest');
      assert.equal(cut.retryable, false);
    });

    it('says so when the base URL leads to a web page', async () => {
      const error = await failure([httpError(200, '<!doctype html><title>Hi</title>')]);
      assert.equal(error.code, 'invalidRequest');
      assert.match(error.message, /text\/html instead of a stream.*base URL/);
    });

    it('follows no redirect', async () => {
      const error = await failure([httpError(307, '', { location: 'https://example.org/' })]);
      assert.equal(error.code, 'invalidRequest');
      assert.match(error.message, /redirects/);
    });

    it('keeps the key out of messages when a server repeats it', async () => {
      const error = await failure([
        httpError(401, { error: { message: `Incorrect API key provided: ${key}.` } }),
      ]);
      assert.equal(error.code, 'credentials');
      assert.match(error.message, /Incorrect API key provided: …/);
    });

    it('calls an event that is not JSON a fault to retry', async () => {
      const broken = createServer((_incoming, outgoing) => {
        outgoing.writeHead(200, { 'content-type': 'text/event-stream' });
        outgoing.end('event: response.created\ndata: {"type": oops\n\n');
      });
      await new Promise<void>((resolve) => broken.listen(0, '127.0.0.1', resolve));
      const { port } = broken.address() as AddressInfo;
      const run = collect(`http://127.0.0.1:${port}/v1`);
      const error = await modelError(run.finally(() => broken.close()));
      assert.equal(error.code, 'stream');
      assert.equal(error.retryable, true);
    });
  });
});

async function drain(events: AsyncIterable<ModelEvent>): Promise<void> {
  for await (const _event of events) void _event;
}
