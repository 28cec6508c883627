import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One tool call as a model makes it. */
export interface ScriptedChatCall {
  readonly name: string;
  readonly args: unknown;
}

/** What a scripted model answers; `raw` chunks are sent as they are. */
export interface ChatAnswer {
  readonly reasoning?: string;
  readonly text?: string;
  readonly calls?: readonly ScriptedChatCall[];
  readonly finish?: string;
  readonly raw?: readonly unknown[];
  /** Chunks sent before the connection is reset. */
  readonly dropAfter?: number;
  /** Answers with this HTTP status instead. */
  readonly status?: number;
  readonly body?: unknown;
}

/** A server of a kind, in what it does differently. */
export type ChatDialect = 'ollama' | 'lmStudio' | 'vllm' | 'unstreamed';

export interface ChatRequest {
  readonly raw: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: {
    readonly messages: readonly ScriptedChatMessage[];
    readonly tools?: readonly { readonly function: { readonly name: string } }[];
    readonly [name: string]: unknown;
  };
}

export interface ScriptedChatMessage {
  readonly role: string;
  readonly content: unknown;
  readonly tool_calls?: readonly {
    readonly id: string;
    readonly function: { readonly name: string; readonly arguments: string };
  }[];
  readonly tool_call_id?: string;
}

export interface ScriptedChatServer {
  /** Ends in `/v1`. */
  readonly baseUrl: string;
  readonly requests: readonly ChatRequest[];
  /** Rules that requests broke; each was answered with 400. */
  readonly violations: readonly string[];
  close(): Promise<void>;
}

/** Starts a Chat Completions server that answers one request after the other with these answers. */
export async function startScriptedChatServer(
  dialect: ChatDialect,
  answers: readonly ChatAnswer[],
): Promise<ScriptedChatServer> {
  const requests: ChatRequest[] = [];
  const violations: string[] = [];
  const answerRequest = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const pieces: Buffer[] = [];
    for await (const piece of incoming) pieces.push(piece as Buffer);
    const raw = Buffer.concat(pieces).toString('utf8');
    const body = JSON.parse(raw) as ChatRequest['body'];
    const number = requests.push({ raw, headers: incoming.headers, body });
    const violation =
      incoming.url === '/v1/chat/completions' ? findViolation(body) : `No route ${incoming.url}.`;
    if (violation !== undefined) violations.push(violation);
    const answer: ChatAnswer =
      violation === undefined
        ? (answers[number - 1] ?? { text: 'The script is over.' })
        : { status: 400, body: { error: { message: violation } } };
    if (answer.status !== undefined) {
      outgoing.writeHead(answer.status, { 'content-type': 'application/json' });
      outgoing.end(JSON.stringify(answer.body));
      return;
    }
    if (dialect === 'unstreamed') {
      outgoing.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
      outgoing.end(JSON.stringify(wholeAnswer(answer, number)));
      return;
    }
    outgoing.writeHead(200, { 'content-type': 'text/event-stream' });
    const chunks = answer.raw ?? dialects[dialect](answer, number);
    for (const chunk of chunks.slice(0, answer.dropAfter)) {
      const text = typeof chunk === 'string' ? chunk : JSON.stringify(chunk);
      await new Promise<void>((sent) => outgoing.write(`data: ${text}\n\n`, () => sent()));
    }
    if (answer.dropAfter !== undefined) outgoing.socket?.resetAndDestroy();
    else outgoing.end('data: [DONE]\n\n');
  };
  const server = createServer((incoming, outgoing) => {
    outgoing.on('error', () => {});
    answerRequest(incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    violations,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Chunk = Readonly<Record<string, unknown>>;
const usage = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 };

function chunk(number: number, choices: readonly unknown[], more: Chunk = {}): Chunk {
  const head = {
    id: `chatcmpl-${number}`,
    object: 'chat.completion.chunk',
    created: 1,
    model: 'm',
  };
  return { ...head, choices, ...more };
}

function delta(number: number, content: Chunk, finish: string | null = null): Chunk {
  return chunk(number, [{ index: 0, delta: content, finish_reason: finish }]);
}

function words(text = ''): string[] {
  return text.match(/\s*\S+|\s+$/gu) ?? [];
}

function finishOf(answer: ChatAnswer): string {
  return answer.finish ?? (answer.calls ? 'tool_calls' : 'stop');
}

const dialects: Readonly<
  Record<Exclude<ChatDialect, 'unstreamed'>, (answer: ChatAnswer, number: number) => Chunk[]>
> = {
  /** Calls in one piece each, all with index 0; `reasoning`; the role in every chunk; a usage chunk. */
  ollama: (answer, number) => [
    ...words(answer.reasoning).map((reasoning) =>
      delta(number, { role: 'assistant', content: '', reasoning }),
    ),
    ...words(answer.text).map((content) => delta(number, { role: 'assistant', content })),
    ...(answer.calls ?? []).map(({ name, args }, index) =>
      delta(number, {
        role: 'assistant',
        content: '',
        tool_calls: [
          {
            id: `call_${number}${index}`,
            index: 0,
            type: 'function',
            function: { name, arguments: JSON.stringify(args) },
          },
        ],
      }),
    ),
    delta(number, { role: 'assistant', content: '' }, finishOf(answer)),
    chunk(number, [], { usage }),
  ],
  /** Arguments in pieces; ids only with the first piece; `reasoning_content`; no usage at all. */
  lmStudio: (answer, number) => [
    delta(number, { role: 'assistant' }),
    ...words(answer.reasoning).map((text) => delta(number, { reasoning_content: text })),
    ...words(answer.text).map((content) => delta(number, { content })),
    ...(answer.calls ?? []).flatMap(({ name, args }, index) => {
      const call = { index, id: `${number}0000000${index}`, type: 'function' };
      return [
        delta(number, { tool_calls: [{ ...call, function: { name, arguments: '' } }] }),
        ...(JSON.stringify(args).match(/.{1,7}/gsu) ?? []).map((piece) =>
          delta(number, { tool_calls: [{ index, function: { arguments: piece } }] }),
        ),
      ];
    }),
    delta(number, {}, finishOf(answer)),
  ],
  /** An empty first content, null fields everywhere, usage with every chunk and once more at the end. */
  vllm: (answer, number) => [
    delta(number, { role: 'assistant', content: '', reasoning_content: null }),
    ...words(answer.reasoning).map((text) => delta(number, { reasoning_content: text })),
    ...words(answer.text).map((content) => delta(number, { content, tool_calls: [] })),
    ...(answer.calls ?? []).flatMap(({ name, args }, index) => [
      delta(number, {
        tool_calls: [
          { id: `chatcmpl-tool-${number}${index}`, type: 'function', index, function: { name } },
        ],
      }),
      delta(number, {
        tool_calls: [
          { index, id: null, function: { name: null, arguments: JSON.stringify(args) } },
        ],
      }),
    ]),
    delta(number, { content: '', reasoning_content: null }, finishOf(answer)),
    chunk(number, [], { usage: { ...usage, prompt_tokens_details: { cached_tokens: 64 } } }),
  ],
};

function wholeAnswer(answer: ChatAnswer, number: number): Chunk {
  const tool_calls = answer.calls?.map(({ name, args }, index) => ({
    id: `call_${number}${index}`,
    type: 'function',
    function: { name, arguments: args },
  }));
  const { text: content = null, reasoning: reasoning_content } = answer;
  const message = { role: 'assistant', content, reasoning_content, tool_calls };
  const choices = [{ index: 0, message, finish_reason: finishOf(answer) }];
  return { id: `chatcmpl-${number}`, object: 'chat.completion', choices, usage };
}

/** The rules that the strictest prompts of local models make. */
function findViolation({ messages }: ChatRequest['body']): string | undefined {
  const open = new Set<string>();
  let previous = '';
  for (const [index, message] of messages.entries()) {
    const { role } = message;
    if ((role === 'system') !== (index === 0)) return 'System message must be at the beginning.';
    if (role !== 'tool' && open.size > 0) return `Call ${[...open].join()} has no output.`;
    if (role !== 'tool' && role === previous) return `Two messages of ${role} in a row.`;
    if (role === 'tool') {
      if (!open.delete(message.tool_call_id ?? '')) return 'An output without a call.';
      if (typeof message.content !== 'string') return 'A tool answers with text.';
    }
    for (const call of message.tool_calls ?? []) {
      open.add(call.id);
      const args: unknown = JSON.parse(call.function.arguments);
      if (typeof args !== 'object' || args === null) return 'Arguments must be an object.';
    }
    if (message.content === undefined || message.content === null) return 'Content is missing.';
    previous = role;
  }
  return open.size > 0 ? `Call ${[...open].join()} has no output.` : undefined;
}
