import type { Command } from './command';

/** Ends the command of the active terminal, with everything it started. */
export const killTerminal: Command = {
  id: 'tandem.killTerminal',
  async run({ terminals }) {
    await terminals.active?.kill();
  },
};
