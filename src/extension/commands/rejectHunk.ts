import { resolveHunk } from '../editors/resolveHunk';
import type { Command } from './command';

/** Takes back one hunk: that of a CodeLens, of the gutter's peek, or the one under the cursor. */
export const rejectHunk: Command = {
  id: 'tandem.rejectHunk',
  run: (host, ...args) => resolveHunk(host, 'reject', args),
};
