import type { Command } from './command';
import { pickThread } from './openThread';

/** Opens the shown thread, or one that the person picks, as an editor tab. */
export const openThreadInEditor: Command = {
  id: 'tandem.openThreadInEditor',
  async run({ shown, surfaces }) {
    await shown.restore();
    const stored = shown.state !== null && shown.state.seq > 0;
    const id = stored ? shown.current?.id : await pickThread(shown);
    if (id !== undefined) await surfaces.openTab(id);
  },
};
