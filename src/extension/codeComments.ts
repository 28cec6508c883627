import * as vscode from 'vscode';
import { findReferences } from './editors/resolveHunk';
import type { HunkReference } from './editors/hunkLenses';
import type { Host } from './host';
import { RequestError } from './requestError';
import { requireReady, untilStarted } from './sendInput';

/** Tells the agent the comments that wait: in the running turn, or in one of their own. @throws RequestError */
export async function sendComments(host: Host): Promise<void> {
  await host.shown.restore();
  await requireReady(host);
  const thread = host.shown.current;
  if (!thread) throw gone();
  await untilStarted(host, thread, (context, options) => thread.sendComments(context, options));
}

/** Changes the words of a comment that waits. @throws RequestError where it does not any more */
export async function editComment(host: Host, id: string, text: string): Promise<void> {
  if (text.trim() === '') return removeComment(host, id);
  if (!host.shown.current?.comments.edit(id, text.trim())) throw gone();
}

/** Takes a comment back that waits. @throws RequestError where it does not any more */
export async function removeComment({ shown }: Host, id: string): Promise<void> {
  if (!shown.current?.comments.withdraw(id)) throw gone();
}

/** Says why a hunk was rejected, a moment ago. @throws RequestError where that is not known any more */
export async function explainRejection(
  { shown }: Host,
  target: HunkReference,
  reason: string,
): Promise<void> {
  if (await shown.current?.comments.explainRejection(target, reason)) return;
  throw new RequestError('notFound', vscode.l10n.t('This was rejected too long ago.'));
}

/**
 * Asks why, then rejects what a command was called for, as `resolveHunk` does. Nothing is rejected where the person
 * does not go on; a reason is not needed.
 */
export async function rejectWithReason(host: Host, args: readonly unknown[]): Promise<void> {
  await host.shown.restore();
  const references = findReferences(host.review, args);
  if (references.length === 0) return;
  const reason = await vscode.window.showInputBox({
    title: vscode.l10n.t('Reject Change'),
    prompt: vscode.l10n.t('Why? The agent is told with its next request.'),
    placeHolder: vscode.l10n.t('Reason (may be empty)'),
  });
  if (reason === undefined) return;
  for (const reference of references) {
    await host.review.resolve('reject', reference);
    if (reason.trim() !== '') await explainRejection(host, reference, reason.trim());
  }
}

/** What the editor hands over with what was written into a comment thread. */
export function commentReply(argument: unknown): vscode.CommentReply | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { thread, text } = argument as Partial<vscode.CommentReply>;
  return thread && typeof text === 'string' ? { thread, text } : undefined;
}

function gone(): RequestError {
  return new RequestError(
    'notFound',
    vscode.l10n.t('This comment does not wait any more: the agent has it already.'),
  );
}
