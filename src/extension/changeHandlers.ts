import * as vscode from 'vscode';
import type { Host } from './host';
import { RequestError } from './requestError';
import type { ViewHandlers } from './viewBridge';

/** What the view asks of the change set. */
export function createChangeHandlers({ shown, review, seen }: Host) {
  const requireThread = () => {
    if (!shown.current) {
      throw new RequestError('notFound', vscode.l10n.t('There are no changes to review.'));
    }
    return shown.current;
  };
  return {
    'changes/resolve': async ({ resolution, target }) => {
      await review.resolve(resolution, target);
      return null;
    },
    'changes/preview': async ({ path, hunkId, whole = false }) =>
      (await requireThread().previews.hunk(path, hunkId, whole)) ?? null,
    'changes/origins': () => requireThread().previews.origins(),
    'changes/seen': async () => seen.get(requireThread().id),
    'changes/markSeen': async ({ threadId, seen: files }) => {
      await seen.mark(threadId, files);
      return null;
    },
  } satisfies Partial<ViewHandlers>;
}
