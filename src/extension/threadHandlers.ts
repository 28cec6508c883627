import type { ViewRequestName } from '../protocol/viewProtocol';
import type { Host } from './host';
import { openExport } from './openExport';
import type { ViewHandlers } from './viewBridge';
import { activeFolder } from './workspaceFolder';

type ThreadRequests = Extract<
  ViewRequestName,
  | 'thread/search'
  | 'thread/fork'
  | 'thread/rename'
  | 'thread/archive'
  | 'thread/delete'
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
      await shown.delete(threadId);
      attention.forget(threadId);
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
