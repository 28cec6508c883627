import type { SearchHit } from '../../../src/protocol/viewProtocol';
import { pageStates } from './states';

const { finished, running } = pageStates;
const hits: readonly SearchHit[] = [
  { id: 'thread-1' },
  { id: 'thread-2', excerpt: '…the runner fails on slug.test.js, because it waits for…' },
];

/** States that are about threads rather than about what is said in one. */
export const threadStates = {
  /** Another window has the thread. */
  elsewhere: { ...finished, readOnly: true },
  /** One of the threads is archived, and a search finds more than titles. */
  archive: {
    ...running,
    threads: [
      ...running.threads,
      {
        id: 'thread-4',
        title: 'An old idea',
        updatedAt: running.threads[0]!.updatedAt - 9e9,
        running: false,
        archived: true as const,
      },
    ],
    answers: { 'thread/search': hits },
  },
  /** One waits for the person, and another ended while they did not look. */
  marked: {
    ...running,
    threads: running.threads.map((thread) => ({
      ...thread,
      ...(thread.id === 'thread-1' ? { running: true, waiting: true as const } : {}),
      ...(thread.id === 'thread-2' ? { unread: true as const } : {}),
    })),
    answers: { 'thread/search': [] },
  },
  /** What the person had said comes back from a fork. */
  forked: {
    ...finished,
    answers: { 'thread/fork': { input: { text: 'Fix the slug', attachments: [] } } },
  },
};
