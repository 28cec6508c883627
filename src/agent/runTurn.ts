import * as l10n from '@vscode/l10n';
import { isAbortError, untilAborted } from '../base/abort';
import { errorMessage } from '../base/errorMessage';
import { ModelError } from '../ports/model';
import { JournalError } from '../ports/threadStore';
import type { TurnError } from '../protocol/events';
import { newId } from '../protocol/ids';
import type { UserInput } from '../protocol/input';
import type { ModelItem } from '../protocol/modelItem';
import { CommandProblems } from './commandProblems';
import { contextUpdate } from './contextParts';
import { dispatchToolCalls, resumeToolCalls } from './dispatchToolCalls';
import { interruptedNote, isCall, missingOutputs, unansweredCalls } from './history';
import { LoopError } from './loopBreaker';
import type { WaitingCall } from './runToolCall';
import { raiseSandboxNotice } from './sandboxNotice';
import { readContextParts } from './situation';
import { StepsInWindow } from './stepsInWindow';
import type { TurnEnvironment } from './turnEnvironment';
import { userMessage } from './userMessage';

/** Why a turn ends that the person did not stop: its host closes. */
export class HostClosedError extends Error {
  // As every reason of an aborted signal is called.
  override readonly name = 'AbortError';
  constructor() {
    super('The editor was closed.');
  }
}

/** How long a stopped turn looks for what its commands changed before it ends, and looks on in the background. */
const stopGraceMs = 200;

/**
 * Runs one turn from the person's input to exactly one of three endings. Everything that happens is an event; nothing
 * is thrown but a journal that cannot be written even to say so.
 */
export async function runTurn(turn: TurnEnvironment, input: UserInput): Promise<void> {
  const { turnId } = turn;
  turn.emit({ type: 'turn.started', turnId, input, context: turn.context });
  await runToEnd(turn, async () => {
    for (const text of turn.openingNotices) {
      turn.emit({ type: 'notice.raised', level: 'warning', text });
    }
    turn.writes.beginTurn(turn);
    await openTurn(turn, input);
    raiseSandboxNotice(turn);
    return runSteps(turn, 1);
  });
}

/** A turn whose host ended while it waited for the person, and nothing of it ran. */
export interface WaitingTurn {
  readonly call: WaitingCall;
  /** The step whose answer made the call, from 1. */
  readonly step: number;
}

/** Goes on with a turn where it waits for the person, and then as `runTurn` does. */
export async function resumeTurn(
  turn: TurnEnvironment,
  { call, step }: WaitingTurn,
): Promise<void> {
  await runToEnd(turn, async () => {
    turn.writes.beginTurn(turn);
    await turn.sandbox.check();
    await resumeToolCalls(turn, unansweredCalls(turn.history), call);
    if (isStopped(turn)) return false;
    turn.emit({ type: 'history.appended', items: [restartNote] });
    saySteering(turn);
    await sayComments(turn);
    tellReview(turn);
    return runSteps(turn, step + 1);
  });
}

/** Brings a turn to exactly one of its endings; `run` answers false where it was stopped before it was done. */
export async function runToEnd(turn: TurnEnvironment, run: () => Promise<boolean>): Promise<void> {
  const { turnId } = turn;
  try {
    const finished = await run();
    await turn.hosts.close();
    await settle(turn);
    if (turn.signal.aborted || !finished) endInterrupted(turn);
    else turn.emit({ type: 'turn.completed', turnId, usage: turn.meter.usage });
  } catch (error) {
    await turn.hosts.close();
    await settle(turn);
    if (turn.signal.aborted && isAbortError(error)) return endInterrupted(turn);
    turn.log.error('The turn failed.', error);
    turn.closeOpen();
    closeHistory(turn);
    turn.emit({ type: 'turn.failed', turnId, error: turnError(error) });
  } finally {
    turn.meter.dispose();
  }
}

const restartNote: ModelItem = {
  type: 'message',
  role: 'user',
  content: [
    {
      type: 'input_text',
      text: '<editor_restarted>\nThe editor was closed and opened again while the last call waited for the person. Commands that ran in the background were ended.\n</editor_restarted>',
    },
  ],
};

/** Puts the person's input, and what changed about the situation, into the history. */
async function openTurn(turn: TurnEnvironment, input: UserInput): Promise<void> {
  const comments = await turn.comments.take();
  const said = comments.length > 0 ? { ...input, comments } : input;
  sayInput(turn, said);
  const update = contextUpdate(turn.history, await readContextParts(turn));
  const review = turn.untoldReview();
  const items = [...update, ...(review ? [review] : []), userMessage(said)];
  turn.emit({ type: 'history.appended', items });
}

/** Tells what the person rejected or changed by hand while the turn runs. */
function tellReview(turn: TurnEnvironment): void {
  const review = turn.untoldReview();
  if (review) turn.emit({ type: 'history.appended', items: [review] });
}

/** Steps until the model calls no tool; false where the turn was stopped, or reached a limit, before that. */
async function runSteps(turn: TurnEnvironment, firstStep: number): Promise<boolean> {
  const steps = new StepsInWindow(turn);
  const problems = new CommandProblems(turn);
  for (let step = firstStep; !isStopped(turn); step++) {
    const answer = await steps.run(step);
    if (!answer) break;
    const calls = answer.items.filter(isCall);
    await dispatchToolCalls(turn, calls);
    // A stopped turn takes nothing more: what the model would not read in it stays with the person.
    const steered = isStopped(turn) ? 0 : saySteering(turn) + (await sayComments(turn));
    if (calls.length === 0 && steered === 0) return true;
    tellReview(turn);
    problems.tell();
  }
  return false;
}

/** What the person added since the last step. Answers how much it was. */
function saySteering(turn: TurnEnvironment): number {
  return turn.takeSteering((input) => {
    sayInput(turn, input);
    turn.emit({ type: 'history.appended', items: [userMessage(input)] });
  });
}

/** What the person wrote about code since the last step. Answers how much it was. */
async function sayComments(turn: TurnEnvironment): Promise<number> {
  const comments = await turn.comments.take();
  if (comments.length === 0) return 0;
  const input = { text: '', attachments: [], comments };
  // In this order an end of the host in between tells them twice rather than not at all.
  turn.emit({ type: 'history.appended', items: [userMessage(input)] });
  sayInput(turn, input);
  return comments.length;
}

/** What commands changed is known before the turn ends; a person who stops it does not wait for that in a large folder. */
async function settle(turn: TurnEnvironment): Promise<void> {
  await untilAborted(turn.writes.settle(), turn.signal, stopGraceMs);
}

function isStopped(turn: TurnEnvironment): boolean {
  return turn.signal.aborted || turn.meter.reached() !== undefined;
}

/** The person's words as an item. */
export function sayInput(turn: TurnEnvironment, input: UserInput): void {
  const item = { type: 'userMessage', id: newId(), input } as const;
  const { turnId } = turn;
  turn.emit({ type: 'item.started', turnId, item: { ...item, status: 'inProgress' } });
  turn.emit({ type: 'item.completed', turnId, item: { ...item, status: 'completed' } });
}

function endInterrupted(turn: TurnEnvironment): void {
  const limit = turn.meter.reached();
  const closed = turn.signal.reason instanceof HostClosedError;
  const by = limit !== undefined ? 'limit' : closed ? 'restart' : 'user';
  turn.closeOpen();
  closeHistory(turn);
  turn.emit({ type: 'history.appended', items: [interruptedNote(by)] });
  if (limit !== undefined) turn.emit({ type: 'notice.raised', level: 'warning', text: limit });
  turn.emit({ type: 'turn.interrupted', turnId: turn.turnId, by });
}

/** Leaves a history that the next request can build on. */
function closeHistory(turn: TurnEnvironment): void {
  const missing = missingOutputs(turn.history);
  if (missing.length > 0) turn.emit({ type: 'history.appended', items: missing });
}

function turnError(error: unknown): TurnError {
  if (error instanceof ModelError) return { code: error.code, message: error.message };
  if (error instanceof JournalError) return { code: 'journal', message: error.message };
  if (error instanceof LoopError) return { code: 'loop', message: error.message };
  return {
    code: 'internal',
    message: l10n.t('Something went wrong inside Tandem: {0}', errorMessage(error)),
  };
}
