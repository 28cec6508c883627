import type { Command } from './command';

/** Takes back every pending change of the shown thread. */
export const rejectAll: Command = {
  id: 'tandem.rejectAll',
  async run({ shown, review }) {
    await shown.restore();
    await review.resolve('reject', {});
  },
};
