import { compareFile } from '../editors/openDiff';
import type { Command } from './command';

/** Opens a file beside its last accepted text, at the hunk of the CodeLens where one was clicked. */
export const compareHunk: Command = {
  id: 'tandem.compareHunk',
  run: (host, reference) => compareFile(host, reference),
};
