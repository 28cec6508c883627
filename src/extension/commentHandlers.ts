import { editComment, explainRejection, removeComment, sendComments } from './codeComments';
import type { Host } from './host';
import type { ViewHandlers } from './viewBridge';

/** What the view asks of comments on code. */
export function createCommentHandlers(host: Host) {
  return {
    'comment/edit': async ({ id, text }) => {
      await editComment(host, id, text);
      return null;
    },
    'comment/remove': async ({ id }) => {
      await removeComment(host, id);
      return null;
    },
    'comment/open': async ({ id }) => {
      await host.comments.reveal(id);
      return null;
    },
    'comments/send': async () => {
      await sendComments(host);
      return null;
    },
    'rejection/explain': async ({ path, hunkId, reason }) => {
      await explainRejection(host, { path, hunkId }, reason.trim());
      return null;
    },
  } satisfies Partial<ViewHandlers>;
}
