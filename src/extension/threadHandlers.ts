import * as vscode from 'vscode';
import type { ThreadSummary, ViewRequestName } from '../protocol/viewProtocol';
import type { Host } from './host';
import { openExport } from './openExport';
import { RequestError } from './requestError';
import type { ViewHandlers } from './viewBridge';
import { activeFolder } from './workspaceFolder';

type ThreadRequests = Extract<
  ViewRequestName,
  | 'thread/search'
  | 'thread/fork'
  | 'thread/rename'
  | 'thread/archive'
  | 'thread/delete'
  | 'thread/undelete'
  | 'thread/export'
  | 'thread/takeOver'
>;

/** What the requests do that are about stored threads. */
export function createThreadHandlers({
  shown,
  attention,
}: Pick<Host, 'shown' | 'attention'>): Pick<ViewHandlers, ThreadRequests> {
  const nothing = null;
  return {
    'thread/search': async ({ query }) =>
      (await shown.all()).search(query, activeFolder()?.uri.fsPath),
    'thread/fork': async ({ threadId, turnId }) => ({ input: await shown.fork(threadId, turnId) }),
    'thread/rename': async ({ threadId, title }) => {
      (await shown.all()).rename(threadId, title);
      return nothing;
    },
    'thread/archive': async ({ threadId, archived }) => {
      (await shown.all()).archive(threadId, archived);
      return nothing;
    },
    'thread/delete': async ({ threadId }) => {
      await shown.deleteSoon(threadId);
      attention.forget(threadId);
      return nothing;
    },
    'thread/undelete': async ({ threadId }) => {
      if (!(await shown.undoDelete(threadId))) {
        throw new RequestError('notFound', vscode.l10n.t('This thread is deleted already.'));
      }
      return nothing;
    },
    'thread/export': async ({ threadId, format }) => {
      await openExport(shown, threadId, format);
      return nothing;
    },
    'thread/takeOver': async () => {
      await shown.takeOver();
      return nothing;
    },
  };
}

/** The threads of the open folder, with what of them is for the person. */
export async function listThreads({
  shown,
  attention,
}: Pick<Host, 'shown' | 'attention'>): Promise<readonly ThreadSummary[]> {
  const blocked = new Set(
    attention.needs
      .filter(({ approvals, questions }) => approvals + questions > 0)
      .map(({ threadId }) => threadId),
  );
  const threads = await shown.list(activeFolder()?.uri.fsPath);
  return threads.map((thread) => ({
    ...thread,
    ...(blocked.has(thread.id) ? { waiting: true } : {}),
    ...(attention.isUnread(thread.id) ? { unread: true } : {}),
  }));
}
