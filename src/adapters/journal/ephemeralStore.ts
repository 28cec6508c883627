import * as l10n from '@vscode/l10n';
import { JournalError, type ThreadStore } from '../../ports/threadStore';

/** A store that keeps nothing: threads live as long as the process. */
export function createEphemeralStore(): ThreadStore {
  const nothingStored = (): never => {
    throw new JournalError(
      l10n.t('This run stores nothing, so there is no earlier thread to read.'),
    );
  };
  return {
    create: () => ({
      append() {},
      isHeld: () => true,
      sync: () => Promise.resolve(),
      close() {},
    }),
    open: nothingStored,
    read: nothingStored,
    list: () => [],
    search: () => Promise.resolve([]),
    delete() {},
  };
}
