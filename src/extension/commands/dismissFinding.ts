import { dismissFinding as dismiss } from '../codeReview';
import { findingIdOf } from '../comments/findingComments';
import type { Command } from './command';

/** Puts the finding of a comment away. */
export const dismissFinding: Command = {
  id: 'tandem.dismissFinding',
  async run(host, comment) {
    const id = findingIdOf(comment);
    if (id !== undefined) await dismiss(host, id);
  },
};
