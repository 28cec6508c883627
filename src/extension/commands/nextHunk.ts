import { goToHunk } from '../editors/goToHunk';
import type { Command } from './command';

/** Goes to the next hunk, across files. */
export const nextHunk: Command = {
  id: 'tandem.nextHunk',
  run: (host) => goToHunk(host, 'next'),
};
