import { commentReply, sendComments } from '../codeComments';
import type { Command } from './command';

/** Sends what was written into a comment thread, and the other comments that wait. */
export const sendComment: Command = {
  id: 'tandem.sendComment',
  async run(host, argument) {
    const reply = commentReply(argument);
    if (reply) await host.comments.add(reply);
    await sendComments(host);
  },
};
