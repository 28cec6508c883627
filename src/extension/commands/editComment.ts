import { personComment } from '../comments/commentWords';
import type { Command } from './command';

/** Lets the person change the words of a comment that waits. */
export const editComment: Command = {
  id: 'tandem.editComment',
  async run({ comments }, argument) {
    const comment = personComment(argument);
    if (comment) comments.beginEdit(comment.commentId);
  },
};
