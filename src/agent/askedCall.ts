import { scriptsRun } from '../policy/scriptsRun';
import type { Approval } from '../protocol/approvals';
import { editedPaths } from './policySituation';
import type { PreparedCall } from './prepareToolCall';
import type { TurnEnvironment } from './turnEnvironment';

type ReadyCall = Extract<PreparedCall, { kind: 'ready' }>;

/** What the model hears where a call is not what was approved. */
export const changedOutput =
  'Not run: the call is not what the person was shown and approved. Call the tool again.';

/**
 * What a call does, in one text, from its arguments and the scripts it runs as they are at this moment. Taken before
 * the person is asked and compared before it runs, so that what runs is what was approved.
 */
export function wordsOfCall(
  { tool, input, cwd, confinement }: ReadyCall,
  turn: TurnEnvironment,
): string {
  const access = tool.access(input, cwd);
  const scripts = access.kind === 'command' ? scriptsRun(access, scriptGround(turn)) : [];
  return JSON.stringify([tool.name, input, access, cwd, confinement ?? null, scripts]);
}

function scriptGround(turn: TurnEnvironment) {
  const { files, machine } = turn;
  return { root: files.root, machine, editedPaths: editedPaths(turn.state()) };
}

/**
 * True where a question that was open when its host ended is about this very call: the journal brought both back, and
 * the person is shown the question but the call is what runs.
 */
export function asksAbout(asked: Approval, fresh: Pick<Approval, 'subject' | 'cwd'>): boolean {
  return asked.cwd === fresh.cwd && JSON.stringify(asked.subject) === JSON.stringify(fresh.subject);
}
