import { openAllChanges } from '../editors/openDiff';
import type { Command } from './command';

/** Opens all pending changes as one multi-file diff. */
export const openChanges: Command = {
  id: 'tandem.openChanges',
  run: (host) => openAllChanges(host),
};
