import type { ThreadEventBody } from '../../../src/protocol/events';
import { item, pageStates, started, threadOf, type PageState } from './states';

const { settings, threads } = pageStates.finished;

type Retried = Extract<ThreadEventBody, { type: 'step.retried' }>;

function waiting(retry: Pick<Retried, 'waitingFor' | 'attempt' | 'delayMs' | 'error'>): PageState {
  const input = { text: 'fix it', attachments: [] };
  const thread = threadOf(
    ...started('Fix slug for every space', 'fix it'),
    item({ id: 'user-1', type: 'userMessage', status: 'completed', input }),
    { type: 'step.retried', turnId: 'turn-1', ...retry },
  );
  const [turn] = thread.turns;
  // As if it had happened when the page is drawn.
  const now = turn?.retry && {
    ...turn,
    retry: { ...turn.retry, retriedAt: Number.MAX_SAFE_INTEGER },
  };
  return { settings, threads, thread: { ...thread, turns: now ? [now] : thread.turns } };
}

/** Threads whose request failed and waits to be sent again. */
export const waitingStates = {
  retrying: waiting({
    ...{ waitingFor: 'retry', attempt: 1, delayMs: 2000 },
    error: { code: 'stream', message: 'socket hang up' },
  }),
  rateLimited: waiting({
    ...{ waitingFor: 'rateLimit', attempt: 1, delayMs: 272_000 },
    error: { code: 'rateLimit', message: 'api.openai.com asks to slow down.' },
  }),
  offline: waiting({
    ...{ waitingFor: 'network', attempt: 7, delayMs: 40_000 },
    error: { code: 'stream', message: 'api.openai.com could not be found.' },
  }),
} satisfies Record<string, PageState>;
