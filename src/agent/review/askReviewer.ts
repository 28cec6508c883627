import * as l10n from '@vscode/l10n';
import { ModelError } from '../../ports/model';
import type { ModelItem } from '../../protocol/modelItem';
import { buildModelInput } from '../buildModelInput';
import { contextUpdate } from '../contextParts';
import { dispatchToolCalls } from '../dispatchToolCalls';
import { isCall } from '../history';
import { runStep, type StepAnswer } from '../runStep';
import { readContextParts } from '../situation';
import type { TurnEnvironment } from '../turnEnvironment';
import { readReviewAnswer, type ReviewAnswer } from './reviewAnswer';

/** After so many steps, or with so much of its window full, the reviewer answers with what it knows. */
const maxSteps = 40;
const fullShare = 0.8;

/** What a reviewer is to know of its situation; how the agent may act in the thread is not its business. */
const situation: ReadonlySet<string> = new Set(['project_instructions', 'environment_context']);

/**
 * Lets the reviewer (see `apart`) read until it answers. Undefined where the turn was stopped before that.
 * @throws ModelError, also where the answer cannot be read although it was asked for once more.
 */
export async function askReviewer(
  reviewer: TurnEnvironment,
  request: ModelItem,
): Promise<ReviewAnswer | undefined> {
  const parts = (await readContextParts(reviewer)).filter(({ tag }) => situation.has(tag));
  say(reviewer, ...contextUpdate([], parts), request);
  let repaired = false;
  for (let step = 1; !isStopped(reviewer); step++) {
    reviewer.emit({ type: 'step.started', turnId: reviewer.turnId, step });
    const answer = await runStep(reviewer, nextRequest(reviewer, step, repaired));
    if (!answer) return undefined;
    const calls = answer.items.filter(isCall);
    if (calls.length > 0) {
      await dispatchToolCalls(reviewer, calls);
      continue;
    }
    const read = readReviewAnswer(textOf(answer));
    if ('answer' in read) return read.answer;
    if (repaired) {
      const message = l10n.t(
        "The reviewer's answer could not be read, also when it was asked again. {0}",
        read.problem,
      );
      throw new ModelError('badAnswer', message, { retryable: false });
    }
    repaired = true;
    say(reviewer, note(`${read.problem} Answer again with the JSON object alone.`));
  }
  return undefined;
}

/** Without tools where it is time to answer. */
function nextRequest(reviewer: TurnEnvironment, step: number, repaired: boolean) {
  const { contextSize, profile, threadId } = reviewer;
  const full = step >= maxSteps || contextSize.tokens >= profile.contextWindow * fullShare;
  if (full) say(reviewer, note('Read no more: answer now with what you know.'));
  const request = { ...buildModelInput(reviewer), promptCacheKey: `${threadId}-review` };
  return full || repaired ? { ...request, tools: [], parallelToolCalls: false } : request;
}

function isStopped({ signal, meter }: TurnEnvironment): boolean {
  return signal.aborted || meter.reached() !== undefined;
}

function say(reviewer: TurnEnvironment, ...items: readonly ModelItem[]): void {
  reviewer.emit({ type: 'history.appended', items });
}

function note(text: string): ModelItem {
  return { type: 'message', role: 'user', content: [{ type: 'input_text', text }] };
}

/** The last message is the answer; what stands before it is talk. */
function textOf({ items }: StepAnswer): string {
  const last = items.findLast((item) => item.type === 'message');
  if (last?.type !== 'message') return '';
  if (typeof last.content === 'string') return last.content;
  return last.content.map((part) => ('text' in part ? part.text : '')).join('');
}
