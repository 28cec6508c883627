import type { DecidedBy } from '../protocol/approvals';
import type { ChangeOrigin } from '../protocol/changes';
import type { FileWrite } from '../protocol/checkpoints';
import type { ThreadEventBody } from '../protocol/events';

/** The fact that a call, or whoever `by` says, wrote files; none where no content is another than before. */
export function filesWritten(
  { turnId, itemId }: ChangeOrigin,
  writes: readonly FileWrite[],
  by?: DecidedBy,
): readonly ThreadEventBody[] {
  const files = writes
    .filter(({ before, after }) => before !== after)
    .map(({ path, before, after }) => ({ path, before, after }));
  if (files.length === 0) return [];
  return [{ type: 'files.written', turnId, itemId, files, ...(by === undefined ? {} : { by }) }];
}
