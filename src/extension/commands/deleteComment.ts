import { removeComment } from '../codeComments';
import { personComment } from '../comments/commentWords';
import type { Command } from './command';

/** Takes a comment back that was not sent yet. */
export const deleteComment: Command = {
  id: 'tandem.deleteComment',
  async run(host, argument) {
    const comment = personComment(argument);
    if (comment) await removeComment(host, comment.commentId);
  },
};
