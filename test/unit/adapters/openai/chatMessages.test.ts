import assert from 'node:assert/strict';
import { chatBody } from '../../../../src/adapters/openai/chatBody';
import { chatMessages } from '../../../../src/adapters/openai/chatMessages';
import type { ModelItem } from '../../../../src/protocol/modelItem';

const say = (role: 'user' | 'developer' | 'assistant', text: string): ModelItem =>
  ({
    type: 'message',
    role,
    content: [{ type: role === 'assistant' ? 'output_text' : 'input_text', text }],
  }) as ModelItem;
const call = (id: string, args = '{"cmd":"ls"}'): ModelItem => ({
  type: 'function_call',
  call_id: id,
  name: 'exec_command',
  arguments: args,
});
const output = (id: string, text: string): ModelItem => ({
  type: 'function_call_output',
  call_id: id,
  output: text,
});
const chatCall = (id: string, args = '{"cmd":"ls"}') => ({
  id,
  type: 'function',
  function: { name: 'exec_command', arguments: args },
});

describe('a history as chat messages', () => {
  it('is one system message, then the speakers in turn', () => {
    const messages = chatMessages('Be brief.', [
      say('developer', 'Mode: agent.'),
      say('user', 'The folder is /w.'),
      say('user', 'hello'),
      { type: 'reasoning', id: 'r', summary: [], encrypted_content: 'x' },
      say('assistant', 'Hi.'),
    ]);
    assert.deepEqual(messages, [
      { role: 'system', content: 'Be brief.\n\nMode: agent.' },
      { role: 'user', content: 'The folder is /w.\n\nhello' },
      { role: 'assistant', content: 'Hi.' },
    ]);
  });

  it('tells later instructions as the user’s: a second system message breaks many prompts', () => {
    const messages = chatMessages('s', [say('user', 'a'), say('developer', 'Mode: ask.')]);
    assert.deepEqual(messages.at(-1), { role: 'user', content: 'a\n\nMode: ask.' });
  });

  it('joins text and calls of one answer, and puts each output behind them', () => {
    const messages = chatMessages('s', [
      say('user', 'go'),
      say('assistant', 'I look.'),
      call('c1'),
      call('c2'),
      output('c1', 'one'),
      output('c2', 'two'),
      call('c3'),
      output('c3', 'three'),
    ]);
    assert.deepEqual(messages.slice(2), [
      { role: 'assistant', content: 'I look.', tool_calls: [chatCall('c1'), chatCall('c2')] },
      { role: 'tool', tool_call_id: 'c1', content: 'one' },
      { role: 'tool', tool_call_id: 'c2', content: 'two' },
      { role: 'assistant', content: '', tool_calls: [chatCall('c3')] },
      { role: 'tool', tool_call_id: 'c3', content: 'three' },
    ]);
  });

  it('makes functions of freeform calls, for threads that began elsewhere', () => {
    const messages = chatMessages('s', [
      { type: 'custom_tool_call', call_id: 'c1', name: 'apply_patch', input: '*** "Begin"' },
      { type: 'custom_tool_call_output', call_id: 'c1', output: 'Success.' },
    ]);
    assert.deepEqual(messages.slice(1), [
      {
        role: 'assistant',
        content: '',
        tool_calls: [
          {
            id: 'c1',
            type: 'function',
            function: { name: 'apply_patch', arguments: '{"input":"*** \\"Begin\\""}' },
          },
        ],
      },
      { role: 'tool', tool_call_id: 'c1', content: 'Success.' },
    ]);
  });

  it('keeps arguments that are no object from failing every later request', () => {
    for (const args of ['{"cmd": ', '[1]', 'null', '']) {
      const [, message] = chatMessages('s', [call('c1', args), output('c1', 'bad')]);
      assert.deepEqual(message, {
        role: 'assistant',
        content: '',
        tool_calls: [chatCall('c1', JSON.stringify({ invalid_arguments: args }))],
      });
    }
  });

  it('shows the user’s images, and those of a tool after all outputs', () => {
    const url = 'data:image/png;base64,AAAA';
    const image = { type: 'input_image' as const, image_url: url, detail: 'auto' as const };
    const messages = chatMessages('s', [
      { type: 'message', role: 'user', content: [image, { type: 'input_text', text: 'see' }] },
      call('c1'),
      call('c2'),
      { type: 'function_call_output', call_id: 'c1', output: [image] },
      output('c2', 'two'),
      say('user', 'and?'),
    ]);
    const chatImage = { type: 'image_url', image_url: { url } };
    assert.deepEqual(messages[1]?.content, [chatImage, { type: 'text', text: 'see' }]);
    assert.deepEqual(messages.slice(3), [
      { role: 'tool', tool_call_id: 'c1', content: 'The image follows.' },
      { role: 'tool', tool_call_id: 'c2', content: 'two' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'The image the tool gave:' },
          chatImage,
          { type: 'text', text: 'and?' },
        ],
      },
    ]);
  });

  it('leaves out outputs without a call', () => {
    assert.equal(chatMessages('s', [output('gone', 'x')]).length, 1);
  });
});

describe('the body of a chat request', () => {
  const request = {
    model: 'qwen3-coder',
    instructions: 's',
    input: [say('user', 'hi')],
    tools: [
      { kind: 'function' as const, name: 'rg', description: 'Searches.', parameters: { a: 1 } },
      {
        kind: 'freeform' as const,
        name: 'apply_patch',
        description: 'Edits.',
        grammar: { syntax: 'lark' as const, definition: 'start: /.+/' },
      },
    ],
    parallelToolCalls: false,
    promptCacheKey: 't',
    wireApi: 'chat' as const,
  };

  it('says only what every server knows', () => {
    const input = { type: 'object', properties: { input: { type: 'string' } } };
    assert.deepEqual(chatBody(request), {
      model: 'qwen3-coder',
      messages: [
        { role: 'system', content: 's' },
        { role: 'user', content: 'hi' },
      ],
      tools: [
        {
          type: 'function',
          function: { name: 'rg', description: 'Searches.', parameters: { a: 1 } },
        },
        {
          type: 'function',
          function: {
            name: 'apply_patch',
            description: 'Edits.',
            parameters: { ...input, required: ['input'] },
          },
        },
      ],
      parallel_tool_calls: false,
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  it('asks for a schema, an effort and a service tier where they are set', () => {
    const schema = { type: 'object' };
    const body = chatBody({
      ...request,
      tools: [],
      effort: 'high',
      outputSchema: schema,
      serviceTier: 'flex',
    });
    assert.equal(body.reasoning_effort, 'high');
    assert.equal(body.service_tier, 'flex');
    assert.deepEqual(body.response_format, {
      type: 'json_schema',
      json_schema: { name: 'final_answer', strict: true, schema },
    });
    assert.equal('tools' in body, false);
    assert.equal('parallel_tool_calls' in body, false);
  });

  it('is the same bytes for the same request', () => {
    const copy = structuredClone(request);
    assert.equal(JSON.stringify(chatBody(request)), JSON.stringify(chatBody(copy)));
  });
});
