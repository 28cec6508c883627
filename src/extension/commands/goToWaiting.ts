import type { Command } from './command';

/** Shows the thread that needs the person, or the one they were in last where none does. */
export const goToWaiting: Command = {
  id: 'tandem.goToWaiting',
  async run({ attention, surfaces, view }) {
    const [need] = attention.needs;
    if (need) await surfaces.show(need.threadId);
    else await view.reveal();
  },
};
