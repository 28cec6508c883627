import type { AskingTurn } from '../../src/agent/turnEnvironment';
import { denyingApprover } from '../../src/headless/denyingApprover';
import { emptyThreadState } from '../../src/protocol/threadState';
import { sampleContext } from './sampleContext';

/** What of a turn asks the person: nobody, unless the changes say otherwise. */
export function askingTurn(turnId: string, changes: Partial<AskingTurn> = {}): AskingTurn {
  return {
    turnId,
    context: sampleContext('/work', { approvalPolicy: 'on-request' }),
    approver: denyingApprover,
    signal: new AbortController().signal,
    state: () => emptyThreadState('thread'),
    ...changes,
  };
}
