import { resolveHunk } from '../editors/resolveHunk';
import type { Command } from './command';

/** Keeps one hunk: that of a CodeLens, of the gutter's peek, or the one under the cursor. */
export const acceptHunk: Command = {
  id: 'tandem.acceptHunk',
  run: (host, ...args) => resolveHunk(host, 'accept', args),
};
