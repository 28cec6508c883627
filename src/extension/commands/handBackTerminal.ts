import type { Command } from './command';

/** Gives the command of the active terminal back to the agent; the terminal stays open, to watch. */
export const handBackTerminal: Command = {
  id: 'tandem.handBackTerminal',
  async run({ terminals }) {
    terminals.active?.handBack();
  },
};
