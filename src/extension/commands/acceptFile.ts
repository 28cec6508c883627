import { resolveFiles } from '../editors/resolveFiles';
import type { Command } from './command';

/** Keeps all changes of files: those chosen in the source control view, or the active editor's. */
export const acceptFile: Command = {
  id: 'tandem.acceptFile',
  run: (host, ...args) => resolveFiles(host, 'accept', args),
};
