import * as l10n from '@vscode/l10n';
import { isAbortError } from '../base/abort';
import { ModelError, type ModelEvent, type ModelRequest } from '../ports/model';
import { newId } from '../protocol/ids';
import type { ModelItem } from '../protocol/modelItem';
import { costOf, type Usage } from '../protocol/usage';
import { distinctCalls } from './distinctCalls';
import { mayHaveWritten } from './evidence';
import { isCall } from './history';
import { readyForCommands } from './policySituation';
import { noRetries, planRetry } from './retryPolicy';
import { StepItems } from './stepItems';
import type { TurnEnvironment } from './turnEnvironment';

/** What the model answered: the items that belong in the history, and what they cost. */
export interface StepAnswer {
  readonly responseId: string;
  readonly items: readonly ModelItem[];
  readonly usage: Usage;
}

/** Who watches an answer form. */
export interface AnswerWatcher {
  show(event: ModelEvent): void;
  /** The attempt broke off: what it said is taken back. */
  reset(): void;
}

/**
 * Sends one request, draws its answer and puts it into the history. Undefined where the turn was stopped meanwhile:
 * nothing of the broken answer belongs in the history then.
 * @throws ModelError when the failure is final.
 */
export async function runStep(
  turn: TurnEnvironment,
  request: ModelRequest,
): Promise<StepAnswer | undefined> {
  const drawn = new StepItems(turn);
  let answer: StepAnswer | undefined;
  try {
    answer = await requestAnswer(turn, request, drawn);
  } catch (error) {
    drawn.complete('failed', false);
    throw error;
  }
  if (!answer) {
    drawn.complete('interrupted', false);
    return undefined;
  }
  const items = distinctCalls(turn.history, answer.items, newCallId);
  const callsFollow = items.some(isCall);
  // The answer is told with what stands behind it, and what commands changed is found out in the background.
  if (!callsFollow && mayHaveWritten(turn.entries())) await turn.writes.catchUp();
  const changed = callsFollow ? undefined : await turn.comments.changed();
  drawn.complete('completed', callsFollow, changed);
  if (items.length > 0) turn.emit({ type: 'history.appended', items });
  completeStep(turn, answer);
  return { ...answer, items };
}

/**
 * Sends one request and reads its answer, again where that can help; the history is left alone. Undefined where the
 * turn was stopped meanwhile.
 * @throws ModelError when the failure is final.
 */
export async function requestAnswer(
  turn: TurnEnvironment,
  request: ModelRequest,
  watcher: AnswerWatcher,
): Promise<StepAnswer | undefined> {
  let past = noRetries;
  for (let attempt = 1; ; attempt++) {
    try {
      return await readAnswer(turn, request, watcher);
    } catch (error) {
      if (turn.signal.aborted || isAbortError(error)) return undefined;
      const retry = error instanceof ModelError ? planRetry(error, past, Math.random()) : undefined;
      if (!(error instanceof ModelError) || !retry) throw error;
      past = retry.past;
      watcher.reset();
      turn.emit({
        type: 'step.retried',
        turnId: turn.turnId,
        attempt,
        waitingFor: retry.waitingFor,
        delayMs: retry.delayMs,
        error: { code: error.code, message: error.message },
      });
      await turn.clock.wait(retry.delayMs, turn.signal);
    }
  }
}

/** Tells what an answer used and cost. */
export function completeStep(turn: TurnEnvironment, { responseId, usage }: StepAnswer): void {
  const cost = costOf(usage, turn.profile.prices);
  turn.emit({
    type: 'step.completed',
    turnId: turn.turnId,
    responseId,
    usage,
    ...(cost === undefined ? {} : { cost }),
  });
}

async function readAnswer(
  turn: TurnEnvironment,
  request: ModelRequest,
  watcher: AnswerWatcher,
): Promise<StepAnswer> {
  turn.signal.throwIfAborted();
  const items: ModelItem[] = [];
  let ready: Promise<void> | undefined;
  let completed: Extract<ModelEvent, { type: 'completed' }> | undefined;
  for await (const event of turn.model.stream(request, turn.signal)) {
    // The model goes on for a while: time to load what its commands will be judged by.
    ready ??= readyForCommands(turn);
    watcher.show(event);
    if (event.type === 'itemDone') items.push(event.item);
    if (event.type === 'completed') completed = event;
  }
  turn.signal.throwIfAborted();
  if (!completed) {
    throw new ModelError('stream', l10n.t('The answer broke off before its end.'), {
      retryable: true,
    });
  }
  return { responseId: completed.responseId, items, usage: completed.usage };
}

function newCallId(): string {
  return `call_${newId()}`;
}
