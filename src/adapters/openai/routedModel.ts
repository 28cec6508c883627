import type { Model } from '../../ports/model';
import type { WireApi } from '../../protocol/turnContext';
import { createChatModel } from './chatModel';
import type { ModelOptions } from './modelStream';
import { createResponsesModel } from './responsesModel';

/** A model that asks each request through the API the request names. */
export function createRoutedModel(options: ModelOptions): Model {
  const models: Readonly<Record<WireApi, Model>> = {
    responses: createResponsesModel(options),
    chat: createChatModel(options),
  };
  return {
    stream: (request, signal) => models[request.wireApi ?? 'responses'].stream(request, signal),
  };
}
