import type { OpenAI } from 'openai';
import { createClient, loadClient, type ModelOptions } from './modelStream';
import { readTarget } from './target';

/** Bounds of a list: the largest known ones have some hundred models in half a megabyte. */
const limits = { bytes: 4 * 1024 * 1024, models: 500, idCharacters: 200, milliseconds: 8_000 };

/**
 * The ids of the models that the server names at `/models`, in its own order. Servers may send anything: what is no id
 * is passed over.
 * @throws Error where it names none: no such page, no network, no key, no answer in time, or an answer that is no list.
 */
export async function listModels(
  options: Pick<ModelOptions, 'credentials' | 'fetch'>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const target = await readTarget(options.credentials, true);
  const client = createClient(await loadClient(), options, target);
  const any = AbortSignal.any([signal, AbortSignal.timeout(limits.milliseconds)]);
  const list: unknown = JSON.parse(await readBounded(client, any));
  const entries = (list as { data?: unknown } | null)?.data;
  if (!Array.isArray(entries)) throw new Error('The answer is no list of models.');
  return [...new Set(entries.slice(0, limits.models).flatMap(modelId))];
}

async function readBounded(client: OpenAI, signal: AbortSignal): Promise<string> {
  const response = await client.get('/models', { signal }).asResponse();
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of response.body ?? []) {
    pieces.push(piece);
    bytes += piece.byteLength;
    if (bytes > limits.bytes) throw new Error('The list of models is too long.');
  }
  return Buffer.concat(pieces).toString('utf8');
}

function modelId(entry: unknown): readonly string[] {
  const id = (entry as { id?: unknown } | null)?.id;
  const isId = typeof id === 'string' && /^[\x21-\x7e]+$/.test(id);
  return isId && id.length <= limits.idCharacters ? [id] : [];
}
