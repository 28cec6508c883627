import type { Command } from './command';

/** Shows the log of the extension. */
export const showLog: Command = {
  id: 'tandem.showLog',
  async run({ log }) {
    log.show();
  },
};
