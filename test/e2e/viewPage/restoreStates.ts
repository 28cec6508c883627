import type { RestorePreview, RestoreRecord } from '../../../src/protocol/checkpoints';
import type { ThreadEventBody } from '../../../src/protocol/events';
import { foldEvent, type ThreadState } from '../../../src/protocol/threadState';
import { pageStates, type PageState } from './states';

const { finished } = pageStates;
const turnId = 'turn-1';

/** The thread after these further facts. */
function then(thread: ThreadState, ...bodies: readonly ThreadEventBody[]): ThreadState {
  return bodies.reduce((state, body) => {
    const envelope = { seq: state.seq + 1, at: state.turns[0]!.startedAt + 3_600_000 };
    return foldEvent(state, { ...body, ...envelope, threadId: state.threadId });
  }, thread);
}

const files = [
  { path: 'notes.md', before: 'a', after: 'b' },
  { path: 'src/slug.js', before: 'c', after: 'd' },
];

const thread = then(finished.thread, {
  ...{ type: 'files.written', turnId, itemId: 'c5' },
  files,
});

const preview: RestorePreview = {
  checkpoint: { turnId },
  files: [
    { path: 'notes.md', kind: 'update', outcome: 'conflict', added: 1, removed: 2 },
    { path: 'src/generated/table.bin', kind: 'update', outcome: 'lost', added: 0, removed: 0 },
    { path: 'src/slug.js', kind: 'update', outcome: 'merged', added: 1, removed: 1 },
    {
      path: 'src/words/a-helper-with-a-long-name.js',
      kind: 'delete',
      outcome: 'restored',
      added: 0,
      removed: 1240,
    },
    { path: 'test/slug.test.js', kind: 'add', outcome: 'restored', added: 18, removed: 0 },
  ],
  turns: 1,
};

const restore: RestoreRecord = {
  id: 'restore-1',
  checkpoint: { turnId },
  scope: 'both',
  files,
  kept: ['notes.md'],
  pendingBefore: [],
};

const answers = {
  'checkpoint/preview': preview,
  'checkpoint/restore': { input: { text: 'Fix slug()', attachments: [] } },
};

/** States that are about going back. */
export const restoreStates = {
  /** Files in every state, and a conversation that can go back. */
  restorable: { ...finished, thread, answers },
  /** Before a command: only files go back. */
  restorableCommand: {
    ...finished,
    thread,
    answers: {
      ...answers,
      'checkpoint/preview': {
        ...preview,
        checkpoint: { turnId, itemId: 'c5' },
        files: preview.files.slice(2, 3),
        turns: 0,
      },
    },
  },
  restoredFiles: {
    ...finished,
    thread: then(thread, { type: 'thread.restored', restore: { ...restore, scope: 'files' } }),
  },
  restoredBoth: {
    ...finished,
    thread: then(thread, {
      type: 'thread.restored',
      restore,
      conversation: { turnId, history: [], tokens: 0, plan: null },
    }),
  },
} satisfies Record<string, PageState>;
