import type { Model } from '../../ports/model';
import { createModel, type ModelOptions, type Wire, type WireStream } from './modelStream';
import { requestBytes } from './requestBody';
import { ResponsesReader } from './responsesReader';

/** How a server of the Responses API is asked. */
export const responsesWire: Wire = {
  api: 'Responses API',
  keyless: false,
  unstreamed: false,
  send: (client, request, signal) =>
    client
      .post<WireStream>('/responses', {
        body: requestBytes(request),
        headers: { 'content-type': 'application/json' },
        stream: true,
        signal,
      })
      .withResponse(),
  reader: () => new ResponsesReader(),
};

/** The Responses API of OpenAI or of a server that speaks it. It never retries: `runStep` does. */
export function createResponsesModel(options: ModelOptions): Model {
  return createModel(responsesWire, options);
}
