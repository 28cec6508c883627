import type { Command } from './command';

/** Stops the running turn. */
export const interrupt: Command = {
  id: 'tandem.interrupt',
  async run({ shown }) {
    shown.current?.interrupt();
  },
};
