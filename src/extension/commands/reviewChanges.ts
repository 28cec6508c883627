import { startReview } from '../codeReview';
import type { Command } from './command';

/** Reviews changes; from the title of a repository what is not committed, otherwise what the person chooses. */
export const reviewChanges: Command = {
  id: 'tandem.reviewChanges',
  async run(host, sourceControl) {
    const fromRepository =
      typeof sourceControl === 'object' && sourceControl !== null && 'rootUri' in sourceControl;
    const target = { kind: 'uncommitted' } as const;
    const started = await startReview(host, {
      ...(fromRepository ? { target } : {}),
      instruction: '',
    });
    if (started) await host.view.reveal();
  },
};
