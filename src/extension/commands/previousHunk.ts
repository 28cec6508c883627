import { goToHunk } from '../editors/goToHunk';
import type { Command } from './command';

/** Goes to the previous hunk, across files. */
export const previousHunk: Command = {
  id: 'tandem.previousHunk',
  run: (host) => goToHunk(host, 'previous'),
};
