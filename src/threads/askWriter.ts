import * as l10n from '@vscode/l10n';
import { profileFor } from '../models';
import type { Model } from '../ports/model';
import { costOf } from '../protocol/usage';
import type { EventLog } from './eventLog';

/** A request for words beside a thread: what the model sees of the thread stays as it is. */
export interface WriterRequest {
  readonly instructions: string;
  readonly text: string;
  /** Groups requests of one kind. */
  readonly kind: string;
}

const limitMs = 60_000;

/**
 * Asks the model of the thread's last turn, thinking as little as it can. What it used counts to that turn.
 * @throws ModelError, an AbortError where it was stopped, Error where the thread has no turn.
 */
export async function askWriter(
  { events, model }: { readonly events: EventLog; readonly model: Model },
  { instructions, text, kind }: WriterRequest,
  signal: AbortSignal,
): Promise<string> {
  const { threadId, turns } = events.state;
  const turn = turns.at(-1);
  if (!turn) throw new Error(l10n.t('Nothing was said in this thread yet.'));
  const { model: id, wireApi, serviceTier } = turn.context;
  const { profile } = profileFor(id, wireApi);
  const [effort] = profile.efforts;
  const stream = model.stream(
    {
      model: id,
      instructions,
      input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text }] }],
      tools: [],
      parallelToolCalls: false,
      promptCacheKey: `${threadId}-${kind}`,
      ...(effort === undefined ? {} : { effort }),
      ...(serviceTier === undefined ? {} : { serviceTier }),
      ...(wireApi === undefined ? {} : { wireApi }),
    },
    AbortSignal.any([signal, AbortSignal.timeout(limitMs)]),
  );
  let words = '';
  for await (const event of stream) {
    if (event.type === 'textDelta') words += event.text;
    if (event.type !== 'completed') continue;
    const { responseId, usage } = event;
    const cost = costOf(usage, profile.prices);
    events.emit({
      type: 'step.completed',
      turnId: turn.id,
      responseId,
      usage,
      apart: true,
      ...(cost === undefined ? {} : { cost }),
    });
  }
  return words;
}
