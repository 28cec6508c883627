import * as l10n from '@vscode/l10n';
import { waitingComments } from '../protocol/comments';
import type { ThreadEvent, ThreadEventBody } from '../protocol/events';
import type { ThreadId, TurnId } from '../protocol/ids';
import type { UserInput } from '../protocol/input';
import type { ModelItem } from '../protocol/modelItem';
import { emptyThreadState, foldEvent } from '../protocol/threadState';

/** What a fork begins with. */
export interface Fork {
  /** The events of the new thread. */
  readonly events: readonly ThreadEvent[];
  /** What the person had said in the turn it was forked from, for saying it differently; null for a copy of the whole. */
  readonly input: UserInput | null;
}

const note =
  '<thread_forked>\nThe conversation goes on from here in another direction. Files may have changed since: look before you rely on what you read.\n</thread_forked>';

/**
 * The events before a turn as those of a thread of its own: what was said, the history and the plan; all of them where
 * no turn is named, but for those of one that still runs. Changes that wait for review, and input and comments that wait
 * for their turn, belong to the original alone. Undefined where there is no such turn, or none to copy.
 */
export function forkEvents(
  source: readonly ThreadEvent[],
  turnId: TurnId | undefined,
  fork: { readonly threadId: ThreadId; readonly at: number },
): Fork | undefined {
  const turns = source.filter((event) => event.type === 'turn.started');
  const named = turns.find((turn) => turn.turnId === turnId);
  const last = turns.at(-1);
  if (!last || (turnId !== undefined && !named)) return undefined;
  const upTo = named ?? (hasEnded(source, last) ? undefined : last);
  const before = upTo ? source.slice(0, source.indexOf(upTo)) : source;
  const hasTurns = before.some(({ type }) => type === 'turn.started');
  if (!named && !hasTurns) return undefined;
  const title = before.findLast((event) => event.type === 'thread.renamed');
  const copied = before.filter((event) => !leftBehind.has(event.type)).map(withoutFiles);
  const { at, threadId } = fork;
  const { comments } = before.reduce(foldEvent, emptyThreadState(threadId));
  const forkedFrom = { threadId: last.threadId, ...(upTo && { turnId: upTo.turnId }) };
  const bodies: readonly (ThreadEventBody & { readonly at: number })[] = [
    { at, type: 'thread.started', cwd: last.context.cwd, forkedFrom },
    // Without an earlier turn the first thing said now names it.
    ...(hasTurns && title ? [{ ...title, at }] : []),
    ...copied,
    ...waitingComments(comments).map(
      ({ id }) => ({ at, type: 'comment.withdrawn', commentId: id }) as const,
    ),
    ...(hasTurns
      ? ([
          { at, type: 'history.appended', items: [noteItem] },
          { at, type: 'notice.raised', level: 'info', text: forkedText() },
        ] as const)
      : []),
  ];
  return {
    events: bodies.map((body, index) => ({ ...body, threadId, seq: index + 1 })),
    input: named?.input ?? null,
  };
}

function hasEnded(
  source: readonly ThreadEvent[],
  { turnId }: { readonly turnId: TurnId },
): boolean {
  const ends = new Set(['turn.completed', 'turn.interrupted', 'turn.failed']);
  return source.some(
    (event) => ends.has(event.type) && 'turnId' in event && event.turnId === turnId,
  );
}

function forkedText(): string {
  return l10n.t(
    'This thread was forked here. Files are as they are now, and changes that wait for your review stay with the thread it came from.',
  );
}

const noteItem: ModelItem = {
  type: 'message',
  role: 'user',
  content: [{ type: 'input_text', text: note }],
};

const leftBehind: ReadonlySet<ThreadEventBody['type']> = new Set([
  'thread.started',
  'thread.renamed',
  'thread.archived',
  'input.waiting',
  'changes.updated',
  'hunk.resolved',
  'changes.committed',
  'files.written',
  'decision.made',
  'host.contacted',
]);

/** What was written is the original's to take back; that the conversation went back holds here, too. */
function withoutFiles(event: ThreadEvent): ThreadEvent {
  if (event.type === 'restore.undone') return { ...event, paths: [] };
  if (event.type !== 'thread.restored') return event;
  return { ...event, restore: { ...event.restore, files: [], kept: [], pendingBefore: [] } };
}
