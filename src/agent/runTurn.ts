import { isAbortError } from '../base/abort';
import { errorMessage } from '../base/errorMessage';
import { ModelError } from '../ports/model';
import { JournalError } from '../ports/threadStore';
import type { TurnError } from '../protocol/events';
import { newId } from '../protocol/ids';
import type { UserInput } from '../protocol/input';
import type { ModelItem } from '../protocol/modelItem';
import { addUsage, noUsage, type Usage } from '../protocol/usage';
import { buildModelInput } from './buildModelInput';
import { contextParts, contextUpdate } from './contextParts';
import { dispatchToolCalls } from './dispatchToolCalls';
import { isCall, missingOutputs } from './history';
import { runStep } from './runStep';
import type { TurnEnvironment } from './turnEnvironment';
import { userMessage } from './userMessage';

/**
 * Runs one turn from the person's input to exactly one of three endings. Everything that happens is an event; nothing
 * is thrown but a journal that cannot be written even to say so.
 */
export async function runTurn(turn: TurnEnvironment, input: UserInput): Promise<void> {
  const { turnId } = turn;
  turn.emit({ type: 'turn.started', turnId, input, context: turn.context });
  try {
    for (const text of turn.openingNotices) {
      turn.emit({ type: 'notice.raised', level: 'warning', text });
    }
    turn.writes.beginTurn(turnId);
    await openTurn(turn, input);
    const usage = await runSteps(turn);
    await turn.writes.settle();
    if (turn.signal.aborted) endInterrupted(turn);
    else turn.emit({ type: 'turn.completed', turnId, usage });
  } catch (error) {
    await turn.writes.settle();
    if (turn.signal.aborted && isAbortError(error)) return endInterrupted(turn);
    turn.log.error('The turn failed.', error);
    closeHistory(turn);
    turn.emit({ type: 'turn.failed', turnId, error: turnError(error) });
  }
}

/** Puts the person's input, and what changed about the situation, into the history. */
async function openTurn(turn: TurnEnvironment, input: UserInput): Promise<void> {
  sayInput(turn, input);
  const parts = contextParts({
    context: turn.context,
    profile: turn.profile,
    instructionFiles: await turn.instructionFiles.read(turn.context.cwd),
    shellName: turn.terminals.shellName,
    sandboxUnavailable: turn.sandbox.unavailable,
    date: turn.clock.today(),
    timeZone: turn.clock.timeZone(),
  });
  const update = contextUpdate(turn.history, parts);
  turn.emit({ type: 'history.appended', items: [...update, userMessage(input)] });
}

/** Steps until the model calls no tool, or the turn is stopped; answers what they used together. */
async function runSteps(turn: TurnEnvironment): Promise<Usage> {
  let usage = noUsage;
  for (let step = 1; !turn.signal.aborted; step++) {
    turn.emit({ type: 'step.started', turnId: turn.turnId, step });
    const answer = await runStep(turn, buildModelInput(turn));
    if (!answer) break;
    usage = addUsage(usage, answer.usage);
    const calls = answer.items.filter(isCall);
    await dispatchToolCalls(turn, calls);
    const steering = turn.takeSteering();
    for (const input of steering) {
      sayInput(turn, input);
      turn.emit({ type: 'history.appended', items: [userMessage(input)] });
    }
    if (calls.length === 0 && steering.length === 0) break;
  }
  return usage;
}

/** The person's words as an item: complete from the start. */
function sayInput(turn: TurnEnvironment, input: UserInput): void {
  const item = { type: 'userMessage', id: newId(), status: 'completed', input } as const;
  turn.emit({ type: 'item.started', turnId: turn.turnId, item });
  turn.emit({ type: 'item.completed', turnId: turn.turnId, item });
}

function endInterrupted(turn: TurnEnvironment): void {
  const note: ModelItem = {
    type: 'message',
    role: 'user',
    content: [
      {
        type: 'input_text',
        text: '<turn_interrupted>\nThe person stopped the turn here. What was done so far stays as it is.\n</turn_interrupted>',
      },
    ],
  };
  closeHistory(turn);
  turn.emit({ type: 'history.appended', items: [note] });
  turn.emit({ type: 'turn.interrupted', turnId: turn.turnId, by: 'user' });
}

/** Leaves a history that the next request can build on. */
function closeHistory(turn: TurnEnvironment): void {
  const missing = missingOutputs(turn.history);
  if (missing.length > 0) turn.emit({ type: 'history.appended', items: missing });
}

function turnError(error: unknown): TurnError {
  if (error instanceof ModelError) return { code: error.code, message: error.message };
  if (error instanceof JournalError) return { code: 'journal', message: error.message };
  return {
    code: 'internal',
    message: `Something went wrong inside Tandem: ${errorMessage(error)}`,
  };
}
