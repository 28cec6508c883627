import { resolveFiles } from '../editors/resolveFiles';
import type { Command } from './command';

/** Takes back all changes of files: those chosen in the source control view, or the active editor's. */
export const rejectFile: Command = {
  id: 'tandem.rejectFile',
  run: (host, ...args) => resolveFiles(host, 'reject', args),
};
