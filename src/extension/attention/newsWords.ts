import * as vscode from 'vscode';
import { messageText } from '../messageText';
import type { News, ThreadNeed } from './attention';

/** More of a title than this makes the notification longer than a line. */
const longestTitle = 60;

/** What a notification says. */
export function wordsOf({ kind, title }: News): string {
  const name = plainTitle(title);
  switch (kind) {
    case 'approval':
      return vscode.l10n.t('Tandem needs your approval: {0}', name);
    case 'question':
      return vscode.l10n.t('Tandem asks you something: {0}', name);
    case 'planned':
      return vscode.l10n.t('Tandem has a plan for you to approve: {0}', name);
    case 'completed':
      return vscode.l10n.t('Tandem is done: {0}', name);
    case 'failed':
      return vscode.l10n.t('Tandem could not go on: {0}', name);
    case 'limited':
      return vscode.l10n.t('Tandem stopped at a limit you set: {0}', name);
  }
}

/** What the number on the view's icon counts, each in a sentence; none where nothing needs the person. */
export function describeNeeds(needs: readonly ThreadNeed[]): readonly string[] {
  const approvals = needs.reduce((sum, need) => sum + need.approvals, 0);
  const questions = needs.reduce((sum, need) => sum + need.questions, 0);
  const unread = needs.filter(({ ending }) => ending !== undefined).length;
  return [
    ...(approvals === 1 ? [vscode.l10n.t('1 approval needed')] : []),
    ...(approvals > 1 ? [vscode.l10n.t('{0} approvals needed', approvals)] : []),
    ...(questions === 1 ? [vscode.l10n.t('1 question to answer')] : []),
    ...(questions > 1 ? [vscode.l10n.t('{0} questions to answer', questions)] : []),
    ...(unread === 1 ? [vscode.l10n.t('1 thread has ended unseen')] : []),
    ...(unread > 1 ? [vscode.l10n.t('{0} threads have ended unseen', unread)] : []),
  ];
}

/** A title is text from the model; cut only where all of it can be seen. */
function plainTitle(title: string): string {
  const line = messageText(title);
  if (line === '') return vscode.l10n.t('Untitled');
  return line.length > longestTitle ? `${line.slice(0, longestTitle - 1)}…` : line;
}
