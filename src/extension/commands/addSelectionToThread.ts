import { selectionAttachment } from '../selectionAttachment';
import type { Command } from './command';

/** Attaches the selected lines to the message being written. */
export const addSelectionToThread: Command = {
  id: 'tandem.addSelectionToThread',
  async run({ settings, shown, view }) {
    await shown.restore();
    const attachments = [await selectionAttachment(shown.current?.cwd, settings)];
    await view.reveal();
    view.tell('composer/attached', { attachments });
    view.tell('composer/focused', {});
  },
};
