import { editComment } from '../codeComments';
import { personComment } from '../comments/commentWords';
import type { Command } from './command';

/** Takes over the words that the person edited a comment to. */
export const saveComment: Command = {
  id: 'tandem.saveComment',
  async run(host, argument) {
    const comment = personComment(argument);
    if (!comment) return;
    const { body, commentId } = comment;
    await editComment(host, commentId, typeof body === 'string' ? body : body.value);
    host.comments.endEdit(commentId);
  },
};
