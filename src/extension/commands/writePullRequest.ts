import { openPullRequest } from '../openPullRequest';
import type { Command } from './command';

/** Opens a pull request's title and description, drafted from what the shown thread changed. */
export const writePullRequest: Command = {
  id: 'tandem.writePullRequest',
  async run({ shown }) {
    await shown.restore();
    await openPullRequest(shown);
  },
};
