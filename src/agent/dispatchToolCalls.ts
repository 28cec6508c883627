import { onlyReads } from '../policy/decide';
import type { CallItem } from './history';
import { prepareToolCall, type PreparedCall } from './prepareToolCall';
import { runToolCall, type WaitingCall } from './runToolCall';
import type { TurnEnvironment } from './turnEnvironment';

/**
 * Runs the tool calls of one answer and appends exactly one output for each to the history. Neighbours that only read
 * run together; a call that may write runs alone, in its place in the order, judged when its turn comes.
 */
export async function dispatchToolCalls(
  turn: TurnEnvironment,
  calls: readonly CallItem[],
): Promise<void> {
  let readers: PreparedCall[] = [];
  for (const call of calls) {
    const prepared = await prepareToolCall(turn, call);
    if (isReader(prepared)) {
      readers.push(prepared);
    } else {
      await runTogether(turn, readers);
      readers = [];
      await runTogether(turn, [prepared]);
    }
  }
  await runTogether(turn, readers);
}

/** Goes on with the calls of an answer whose first one waits for the person. */
export async function resumeToolCalls(
  turn: TurnEnvironment,
  [first, ...others]: readonly CallItem[],
  waiting: WaitingCall,
): Promise<void> {
  if (!first) return;
  const output = await runToolCall(turn, await prepareToolCall(turn, first), waiting);
  turn.emit({ type: 'history.appended', items: [output] });
  await dispatchToolCalls(turn, others);
}

async function runTogether(turn: TurnEnvironment, calls: readonly PreparedCall[]): Promise<void> {
  if (calls.length === 0) return;
  const ends = await Promise.allSettled(calls.map((call) => runToolCall(turn, call)));
  const items = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
  if (items.length > 0) turn.emit({ type: 'history.appended', items });
  // One call's fault ends the turn, but only when the others are done.
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

/** Calls that touch nothing outside (a plan, a session) depend on their place in the order, so they are no readers. */
function isReader(call: PreparedCall): boolean {
  if (call.kind !== 'ready' || call.access.kind === 'none') return false;
  return onlyReads(call.verdict);
}
