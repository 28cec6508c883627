import type { Memento } from 'vscode';
import type { Disposable } from '../../base/disposable';
import { errorMessage } from '../../base/errorMessage';
import type { Host } from '../host';

const memoryKey = 'tandem.hasPendingChanges';

/**
 * Brings the marks of pending changes back with the first command of ours, though nobody opened the view. VS Code has
 * read `memory` before it activates an extension, so a window without pending changes loads and reads nothing for this.
 */
export function bringBackChanges(
  { shown, review, log }: Pick<Host, 'shown' | 'review' | 'log'>,
  memory: Memento,
): Disposable {
  if (memory.get(memoryKey) === true) {
    shown.restore().catch((error: unknown) => log.warn(errorMessage(error)));
  }
  return review.onDidChange(() => {
    const pending = review.files.length > 0;
    if (memory.get(memoryKey, false) !== pending) void memory.update(memoryKey, pending);
  });
}
