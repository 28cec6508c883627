import type { Command } from './command';

/** Shows an empty thread; the one shown before goes on running. */
export const newThread: Command = {
  id: 'tandem.newThread',
  async run({ shown, view }) {
    shown.clear();
    await view.reveal();
    view.tell('composer/focused', {});
  },
};
