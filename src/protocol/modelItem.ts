import type { OpenAI } from 'openai';

/**
 * One item of the history exactly as the model sees it: the Responses API's own shape, in its snake_case.
 * The alias is type-only; nothing of the package is loaded here.
 */
export type ModelItem = OpenAI.Responses.ResponseInputItem;
