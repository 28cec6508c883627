import { compactThread as compactShown } from '../compactThread';
import type { Command } from './command';

/** Replaces the history of the shown thread by a summary of it. */
export const compactThread: Command = {
  id: 'tandem.compactThread',
  run: compactShown,
};
