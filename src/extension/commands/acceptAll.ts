import type { Command } from './command';

/** Keeps every pending change of the shown thread. */
export const acceptAll: Command = {
  id: 'tandem.acceptAll',
  async run({ shown, review }) {
    await shown.restore();
    await review.resolve('accept', {});
  },
};
