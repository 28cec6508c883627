import * as vscode from 'vscode';
import type { ChangedFile } from '../../protocol/changes';
import type { CodeComment } from '../../protocol/comments';
import { agentMarkdown } from './agentMarkdown';

/** A comment and the replies to it, oldest first. */
export type Conversation = readonly [CodeComment, ...CodeComment[]];

/** A comment of the person as VS Code shows it; while it is edited the body holds what they write. */
export interface PersonComment extends vscode.Comment {
  readonly commentId: string;
}

/** What the menus of the manifest look for. */
const waitingContext = 'tandem.waiting';

/** The comments by where they stand, without those taken back. */
export function conversationsOf(comments: readonly CodeComment[]): readonly Conversation[] {
  const conversations = new Map<string, [CodeComment, ...CodeComment[]]>();
  for (const comment of comments) {
    if (comment.state === 'withdrawn') continue;
    const before = comment.replyTo === undefined ? undefined : conversations.get(comment.replyTo);
    if (before) before.push(comment);
    else conversations.set(comment.id, [comment]);
  }
  return [...conversations.values()];
}

/** True where nothing waits, and what the comment was on is accepted or rejected. */
export function isResolved(conversation: Conversation, file: ChangedFile | undefined): boolean {
  if (conversation.some(({ state }) => state === 'waiting')) return false;
  const [{ kind, anchor }] = conversation;
  if (kind === 'rejection') return true;
  if (!file) return true;
  if (kind === 'lines') return false;
  return !file.hunks.some(
    ({ liveStart, liveCount }) =>
      liveStart <= anchor.endLine && anchor.startLine - 1 <= liveStart + liveCount,
  );
}

/** What stands over a conversation. */
export function stateLabel(conversation: Conversation, resolved: boolean): string {
  if (resolved) return vscode.l10n.t('Settled');
  const last = conversation[conversation.length - 1] as CodeComment;
  switch (last.state) {
    case 'waiting':
      return vscode.l10n.t('Waiting to be sent');
    case 'sent':
      return vscode.l10n.t('Sent to Tandem');
    case 'answered':
      return vscode.l10n.t('Answered');
    case 'withdrawn':
      return '';
  }
}

/** What the person wrote, each followed by what the agent answered. */
export function toComments(conversation: Conversation): readonly vscode.Comment[] {
  return conversation.flatMap((comment) => [ownComment(comment), ...answersTo(comment)]);
}

function ownComment({ id, kind, text, state }: CodeComment): PersonComment {
  const waits = state === 'waiting';
  return {
    commentId: id,
    author: { name: vscode.l10n.t('You') },
    // As a string it is shown as it was written.
    body: text,
    mode: vscode.CommentMode.Preview,
    ...(kind === 'rejection' ? { label: vscode.l10n.t('why it was rejected') } : {}),
    ...(waits ? { contextValue: waitingContext } : {}),
  };
}

function answersTo({ answers }: CodeComment): readonly vscode.Comment[] {
  return answers.map(({ text, changed }) => ({
    author: { name: vscode.l10n.t('Tandem') },
    body: new vscode.MarkdownString(agentMarkdown(text || vscode.l10n.t('I changed these lines.'))),
    mode: vscode.CommentMode.Preview,
    ...(changed ? { label: vscode.l10n.t('changed in this turn') } : {}),
  }));
}

/** The comment that a menu of the editor was opened on. */
export function personComment(argument: unknown): PersonComment | undefined {
  if (typeof argument !== 'object' || argument === null || !('commentId' in argument)) {
    return undefined;
  }
  return typeof argument.commentId === 'string' ? (argument as PersonComment) : undefined;
}
