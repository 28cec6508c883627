import { personComment } from '../comments/commentWords';
import type { Command } from './command';

/** Leaves a comment as it was before the person edited it. */
export const cancelComment: Command = {
  id: 'tandem.cancelComment',
  async run({ comments }, argument) {
    const comment = personComment(argument);
    if (comment) comments.endEdit(comment.commentId);
  },
};
