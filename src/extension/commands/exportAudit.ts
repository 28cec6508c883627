import { openExport } from '../openExport';
import type { Command } from './command';
import { pickThread } from './openThread';

/** Opens the record of the shown thread, or of one that the person picks: what it ran, wrote and reached, and who let it. */
export const exportAudit: Command = {
  id: 'tandem.exportAudit',
  async run({ shown }) {
    const stored = shown.state !== null && shown.state.seq > 0;
    const id = stored ? shown.current?.id : await pickThread(shown);
    if (id !== undefined) await openExport(shown, id, 'audit');
  },
};
