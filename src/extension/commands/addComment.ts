import { commentReply } from '../codeComments';
import type { Command } from './command';

/** Keeps what was written into a comment thread, to be sent with the next message. */
export const addComment: Command = {
  id: 'tandem.addComment',
  async run({ comments }, argument) {
    const reply = commentReply(argument);
    if (reply) await comments.add(reply);
  },
};
