import type { Access } from '../policy/access';
import type { DecidedBy } from '../protocol/approvals';
import type { CallSubject } from '../protocol/callDecision';
import type { ItemId } from '../protocol/ids';
import type { PreparedCall } from './prepareToolCall';
import type { TurnEnvironment } from './turnEnvironment';

/** How the question whether a call may run ended. */
export interface Outcome {
  readonly granted: boolean;
  readonly by: DecidedBy;
}

/**
 * Notes in the journal what was decided about a call, before anything of it runs. What only reads inside of the folder
 * is nobody's decision and is not noted.
 */
export function recordDecision(
  turn: TurnEnvironment,
  { access, verdict, confinement }: Extract<PreparedCall, { kind: 'ready' }>,
  itemId: ItemId,
  { granted, by }: Outcome,
): void {
  const subject = subjectOf(access);
  if (!subject || (subject.kind === 'read' && verdict.kind === 'allow')) return;
  turn.emit({
    type: 'decision.made',
    turnId: turn.turnId,
    itemId,
    decision: {
      outcome: granted ? 'allowed' : 'denied',
      by,
      reasons:
        verdict.kind === 'ask' ? verdict.reasons : verdict.kind === 'deny' ? [verdict.reason] : [],
      subject,
      ...(confinement ? { confined: confinement.mode } : {}),
      ...(access.kind === 'command' && access.escalated ? { escalated: true } : {}),
    },
  });
}

function subjectOf(access: Access): CallSubject | undefined {
  switch (access.kind) {
    case 'none':
      return undefined;
    case 'typing':
      return { kind: 'typing', text: access.text, sessionId: access.sessionId };
    case 'command':
      return { kind: 'command', command: access.command, cwd: access.cwd };
    case 'read':
    case 'write':
      return { kind: access.kind, paths: access.paths };
  }
}
