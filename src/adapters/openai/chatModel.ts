import type { Model } from '../../ports/model';
import { chatBody } from './chatBody';
import { ChatReader } from './chatReader';
import { createModel, type ModelOptions, type Wire, type WireStream } from './modelStream';

/** How a server of the Chat Completions API is asked. */
export const chatWire: Wire = {
  api: 'Chat Completions API',
  keyless: true,
  unstreamed: true,
  send: (client, request, signal) =>
    client
      .post<WireStream>('/chat/completions', { body: chatBody(request), stream: true, signal })
      .withResponse(),
  reader: (request) => new ChatReader(request),
};

/** A server that speaks Chat Completions, such as Ollama, LM Studio, vLLM or llama.cpp. It never retries. */
export function createChatModel(options: ModelOptions): Model {
  return createModel(chatWire, options);
}
