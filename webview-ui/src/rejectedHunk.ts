import type { ThreadEvent } from '../../src/protocol/events';

/** The hunk the person rejected last, for which they can still say why. */
export interface RejectedHunk {
  readonly path: string;
  readonly hunkId: string;
}

/** The same after one more event; only a hunk rejected by itself is asked about. */
export function afterEvent(rejected: RejectedHunk | null, event: ThreadEvent): RejectedHunk | null {
  if (event.type === 'comment.written') {
    return event.comment.hunk?.id === rejected?.hunkId ? null : rejected;
  }
  if (event.type !== 'hunk.resolved') return rejected;
  if (event.resolution !== 'reject') return rejected;
  const { path, hunkId } = event.target;
  return path !== undefined && hunkId !== undefined ? { path, hunkId } : null;
}
