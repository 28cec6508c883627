import { chatBody } from './chatBody';
import { ChatReader } from './chatReader';
import { createModel, type ModelOptions, type WarmModel, type Wire } from './modelStream';

const chatWire: Wire = {
  api: 'Chat Completions API',
  keyless: true,
  unstreamed: true,
  send: (client, request, signal) =>
    client.chat.completions.create(chatBody(request), { signal }).withResponse(),
  reader: (request) => new ChatReader(request),
};

/** A server that speaks Chat Completions, such as Ollama, LM Studio, vLLM or llama.cpp. It never retries. */
export function createChatModel(options: ModelOptions): WarmModel {
  return createModel(chatWire, options);
}
