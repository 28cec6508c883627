import { fixFinding as fix } from '../codeReview';
import { findingIdOf } from '../comments/findingComments';
import type { Command } from './command';

/** Gives the finding of a comment to the agent. */
export const fixFinding: Command = {
  id: 'tandem.fixFinding',
  async run(host, comment) {
    const id = findingIdOf(comment);
    if (id !== undefined) await fix(host, id);
  },
};
