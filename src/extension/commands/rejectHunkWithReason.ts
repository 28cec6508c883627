import { rejectWithReason } from '../codeComments';
import type { Command } from './command';

/** Takes back one hunk and tells the agent why. */
export const rejectHunkWithReason: Command = {
  id: 'tandem.rejectHunkWithReason',
  run: (host, ...args) => rejectWithReason(host, args),
};
