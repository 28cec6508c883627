import type { Command } from './command';

/** Puts the cursor into the message box of the thread that the person was in last. */
export const focusComposer: Command = {
  id: 'tandem.focusComposer',
  async run({ view }) {
    await view.reveal();
    view.tell('composer/focused', {});
  },
};
