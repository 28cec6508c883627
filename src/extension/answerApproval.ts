import * as vscode from 'vscode';
import { judgeAnswer, type ApprovalAnswer } from '../protocol/approvalAnswer';
import type { Host } from './host';
import { RequestError } from './requestError';
import { requireReady } from './sendInput';

/**
 * Passes a person's answer on where it answers a question that is open, and is about what is asked. An answer to
 * anything else (forged, repeated, given in another window first) has no effect and is noted.
 * @throws RequestError where an approval is for something else than what is asked now, or nothing may run here.
 */
export async function answerApproval(host: Host, answer: ApprovalAnswer): Promise<void> {
  const thread = host.shown.current;
  switch (judgeAnswer(thread?.state.approvals ?? [], answer)) {
    case 'unknown':
      host.log.warn('Ignored an answer to a question that is not open.');
      return;
    case 'changed':
      throw new RequestError(
        'invalid',
        vscode.l10n.t('This is not what is asked any more: look at it again before you approve.'),
      );
    case 'counts':
      // The question may be older than this window, which may have another key, or trust the folder no more.
      if (answer.decision === 'approve' || answer.decision === 'approveForThread') {
        await requireReady(host);
      }
      thread?.resolveApproval(answer.approvalId, answer.decision);
  }
}
