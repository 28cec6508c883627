import assert from 'node:assert/strict';
import { createChatModel } from '../../../../src/adapters/openai/chatModel';
import { ModelError, type ModelEvent, type ModelRequest } from '../../../../src/ports/model';
import type { ModelItem } from '../../../../src/protocol/modelItem';
import {
  startScriptedChatServer,
  type ChatAnswer,
  type ChatDialect,
  type ScriptedChatServer,
} from '../../../support/scriptedChatServer';

const request: ModelRequest = {
  model: 'qwen3-coder',
  instructions: 'Be brief.',
  input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'hello' }] }],
  tools: [],
  parallelToolCalls: false,
  promptCacheKey: 'thread-1',
  wireApi: 'chat',
};

describe('the chat model', () => {
  let server: ScriptedChatServer | undefined;
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  async function run(
    answer: ChatAnswer,
    { dialect = 'ollama', key }: { dialect?: ChatDialect; key?: string } = {},
  ): Promise<ModelEvent[]> {
    server = await startScriptedChatServer(dialect, [answer]);
    const { baseUrl } = server;
    const credentials = { apiKey: async () => key, baseUrl: () => baseUrl };
    const events: ModelEvent[] = [];
    const model = createChatModel({ credentials });
    for await (const event of model.stream(request, new AbortController().signal)) {
      events.push(event);
    }
    return events;
  }

  async function failure(answer: ChatAnswer): Promise<ModelError> {
    const error: unknown = await run(answer).then(
      () => assert.fail('It went well.'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof ModelError, String(error));
    return error;
  }

  const items = (events: readonly ModelEvent[]): ModelItem[] =>
    events.flatMap((event) => (event.type === 'itemDone' ? [event.item] : []));
  const told = (events: readonly ModelEvent[], type: 'textDelta' | 'reasoningDelta') =>
    events.map((event) => (event.type === type ? event.text : '')).join('');
  const calls = (events: readonly ModelEvent[]) =>
    items(events).flatMap((item) =>
      item.type === 'function_call' ? [[item.name, item.arguments]] : [],
    );
  const raw = (...deltas: object[]): ChatAnswer => ({
    raw: [
      ...deltas.map((delta) => ({ id: 'x', choices: [{ index: 0, delta }] })),
      { id: 'x', choices: [{ index: 0, delta: {}, finish_reason: 'tool_calls' }] },
    ],
  });
  const piece = (call: object) => ({ tool_calls: [call] });

  const answer: ChatAnswer = {
    reasoning: 'Let me look.',
    text: 'I read both files.',
    calls: [
      { name: 'exec_command', args: { cmd: 'cat "a"' } },
      { name: 'exec_command', args: { cmd: 'cat b ümläut' } },
    ],
  };
  for (const dialect of ['ollama', 'lmStudio', 'vllm', 'unstreamed'] as const) {
    it(`reads reasoning, text and several calls from a server like ${dialect}`, async () => {
      const events = await run(answer, { dialect });
      assert.equal(told(events, 'reasoningDelta'), 'Let me look.');
      assert.equal(told(events, 'textDelta'), 'I read both files.');
      assert.deepEqual(items(events)[0], {
        type: 'message',
        role: 'assistant',
        content: [{ type: 'output_text', text: 'I read both files.' }],
      });
      assert.deepEqual(calls(events), [
        ['exec_command', '{"cmd":"cat \\"a\\""}'],
        ['exec_command', '{"cmd":"cat b ümläut"}'],
      ]);
      const ids = items(events).flatMap((item) => ('call_id' in item ? [item.call_id] : []));
      assert.equal(new Set(ids).size, 2);
      const last = events.at(-1);
      assert.equal(last?.type, 'completed');
      assert.ok(last.usage.inputTokens > 0);
      assert.ok(last.usage.outputTokens > 0);
    });
  }

  it('reads cached tokens, and estimates where a server counts nothing', async () => {
    const counted = (await run({ text: 'hi' }, { dialect: 'vllm' })).at(-1);
    assert.deepEqual(counted?.type === 'completed' && counted.usage, {
      inputTokens: 100,
      cachedInputTokens: 64,
      outputTokens: 20,
      reasoningOutputTokens: 0,
    });
    await server?.close();
    const estimated = (await run({ text: 'four words of text' }, { dialect: 'lmStudio' })).at(-1);
    assert.equal(estimated?.type === 'completed' && estimated.usage.outputTokens, 5);
  });

  for (const [text, thought, answer] of [
    ['<think>Let me see.</think>\n\nDone.', 'Let me see.', 'Done.'],
    ['\n<think>\n1 < 2 </thin k></think>Done.', '\n1 < 2 </thin k>', 'Done.'],
    ['<think>Only thoughts', 'Only thoughts', ''],
    ['<thin ice', '', '<thin ice'],
    ['<th', '', '<th'],
    ['Say <think>no</think>.', '', 'Say <think>no</think>.'],
  ] as const) {
    it(`takes ${JSON.stringify(text)} apart, however it comes`, async () => {
      for (const size of [1, 3, 100]) {
        const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
        const stop = { id: 'x', choices: [{ delta: {}, finish_reason: 'stop' }] };
        const raw = pieces.map((content) => ({ id: 'x', choices: [{ delta: { content } }] }));
        const events = await run({ raw: [...raw, stop] });
        assert.equal(told(events, 'reasoningDelta'), thought);
        assert.equal(told(events, 'textDelta'), answer);
        assert.equal(items(events).length, answer === '' ? 0 : 1);
        await server?.close();
      }
    });
  }

  const shapes: [string, object[], string[][]][] = [
    [
      'no ids and no indexes',
      [
        piece({ function: { name: 'a', arguments: '{"x":1}' } }),
        piece({ function: { name: 'b', arguments: '{}' } }),
      ],
      [
        ['a', '{"x":1}'],
        ['b', '{}'],
      ],
    ],
    [
      'the same index for every call, without ids',
      [
        piece({ index: 0, function: { name: 'a', arguments: '{"x":1}' } }),
        piece({ index: 0, function: { name: 'b', arguments: '{}' } }),
      ],
      [
        ['a', '{"x":1}'],
        ['b', '{}'],
      ],
    ],
    [
      'arguments in pieces without an index',
      [
        piece({ id: '1', function: { name: 'a', arguments: '' } }),
        piece({ function: { arguments: '{"x"' } }),
        piece({ function: { arguments: ':1}' } }),
      ],
      [['a', '{"x":1}']],
    ],
    [
      'the name with every piece',
      [
        piece({ index: 0, id: '1', function: { name: 'a', arguments: '{"x"' } }),
        piece({ index: 0, id: '1', function: { name: 'a', arguments: ':1}' } }),
      ],
      [['a', '{"x":1}']],
    ],
    [
      'pieces of two calls by turns',
      [
        piece({ index: 0, id: '1', function: { name: 'a', arguments: '{"x"' } }),
        piece({ index: 1, id: '2', function: { name: 'b', arguments: '{"y"' } }),
        piece({ index: 0, function: { arguments: ':1}' } }),
        piece({ index: 1, function: { arguments: ':2}' } }),
      ],
      [
        ['a', '{"x":1}'],
        ['b', '{"y":2}'],
      ],
    ],
    [
      'an id that comes late',
      [
        piece({ index: 0, function: { name: 'a', arguments: '{"x"' } }),
        piece({ index: 0, id: '1', function: { arguments: ':1}' } }),
      ],
      [['a', '{"x":1}']],
    ],
    [
      'arguments as an object',
      [piece({ index: 0, function: { name: 'a', arguments: { x: 1 } } })],
      [['a', '{"x":1}']],
    ],
    ['no arguments', [piece({ index: 0, id: '1', function: { name: 'a' } })], [['a', '{}']]],
    [
      'white space before a call',
      [{ content: '\n\n' }, piece({ id: '1', function: { name: 'a' } })],
      [['a', '{}']],
    ],
  ];
  for (const [name, deltas, expected] of shapes) {
    it(`puts calls together from ${name}`, async () => {
      const events = await run(raw(...deltas));
      assert.deepEqual(calls(events), expected);
      assert.equal(items(events).length, expected.length, 'no empty message beside the calls');
      for (const item of items(events)) assert.ok('call_id' in item && item.call_id);
    });
  }

  it('sends no key where there is none, and the key where there is one', async () => {
    await run({ text: 'hi' });
    assert.equal(server?.requests[0]?.headers.authorization, undefined);
    await server?.close();
    await run({ text: 'hi' }, { key: 'k' });
    assert.equal(server?.requests[0]?.headers.authorization, 'Bearer k');
  });

  it('wants a key for OpenAI’s own address', async () => {
    const credentials = {
      apiKey: async () => undefined,
      baseUrl: () => 'https://api.openai.com/v1',
    };
    const stream = createChatModel({ credentials }).stream(request, new AbortController().signal);
    await assert.rejects(
      async () => {
        for await (const event of stream) assert.fail(event.type);
      },
      { code: 'credentials' },
    );
  });

  const failures: [string, ChatAnswer, string, boolean, RegExp][] = [
    ['an answer that was too long', { text: 'a', finish: 'length' }, 'invalidRequest', false, /./],
    [
      'a content filter',
      { text: 'a', finish: 'content_filter' },
      'invalidRequest',
      false,
      /filter/,
    ],
    ['a stream that is cut', { text: 'a b c d', dropAfter: 2 }, 'stream', true, /closed|reached/],
    [
      'a stream that ends early',
      { raw: [{ id: 'x', choices: [{ delta: { content: 'a' } }] }] },
      'stream',
      true,
      /too early/,
    ],
    [
      'an error in the stream',
      { raw: [{ error: { message: 'The GPU is gone.', type: 'server_error' } }] },
      'stream',
      true,
      /The GPU is gone/,
    ],
    ['an event that is no JSON', { raw: ['{"choices": [{'] }, 'stream', true, /cannot be read/],
    [
      'a model that is not there, as Ollama says it',
      { status: 404, body: { error: { message: 'model "x" not found, try pulling it first' } } },
      'invalidRequest',
      false,
      /does not have the model qwen3-coder: .*pulling/,
    ],
    [
      'an address without this API',
      { status: 404, body: {} },
      'invalidRequest',
      false,
      /no Chat Completions API/,
    ],
    [
      'an error as vLLM words it',
      {
        status: 400,
        body: {
          object: 'error',
          message: "This model's maximum context length is 4096 tokens.",
          type: 'BadRequestError',
          code: 400,
        },
      },
      'contextOverflow',
      false,
      /4096 tokens/,
    ],
    [
      'an error that is only text, as LM Studio sends it',
      { status: 400, body: { error: 'No models loaded.' } },
      'invalidRequest',
      false,
      /No models loaded/,
    ],
    [
      'a context that is too small, as llama.cpp says it',
      {
        status: 400,
        body: {
          error: { message: 'request too large', type: 'exceed_context_size_error', code: 400 },
        },
      },
      'contextOverflow',
      false,
      /request too large/,
    ],
  ];
  for (const [name, script, code, retryable, words] of failures) {
    it(`makes ${code} of ${name}`, async () => {
      const error = await failure(script);
      assert.equal(error.code, code, error.message);
      assert.equal(error.retryable, retryable);
      assert.match(error.message, words);
      assert.doesNotMatch(error.message, /[{}]/);
    });
  }
});
