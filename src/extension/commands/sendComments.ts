import { sendComments as send } from '../codeComments';
import type { Command } from './command';

/** Sends all comments that wait, without a message. */
export const sendComments: Command = {
  id: 'tandem.sendComments',
  run: (host) => send(host),
};
