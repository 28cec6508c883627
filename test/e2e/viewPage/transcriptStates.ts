import { noUsage } from '../../../src/protocol/usage';
import { longThread } from './longThread';
import { command, item, pageStates, said, started, threadOf, type PageState } from './states';

const { settings, threads } = pageStates.finished;
/** A PNG of one pixel. */
const redSquare =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
const turnId = 'turn-1';
const asked = item({
  ...{ id: 'user-1', type: 'userMessage', status: 'completed' },
  input: { text: 'Make the tests pass', attachments: [{ kind: 'file', path: 'test.js' }] },
});
const opening = [...started('Make the tests pass', 'Make the tests pass'), asked];
const words = Array.from({ length: 30 }, (_, index) =>
  said(`m${index}`, 'commentary', `Word ${index} on the way.`),
);

/** States of the transcript that the other pages do not have. */
export const transcriptStates = {
  /** Ten pages of rows, and the last message still grows. */
  long: { settings, threads, thread: longThread(300) },
  /** Nothing has come yet. */
  thinking: { settings, threads, thread: threadOf(...opening) },
  /** A command runs far above the end. */
  runsElsewhere: {
    settings,
    threads,
    thread: threadOf(
      ...opening,
      command('c1', 'npm run watch', { status: 'inProgress', output: 'watching' }),
      ...words,
    ),
  },
  /** The connection broke while it worked. */
  failedLate: {
    settings,
    threads,
    thread: threadOf(...opening, ...words.slice(0, 2), {
      type: 'turn.failed',
      turnId,
      error: { code: 'stream', message: 'api.openai.com closed the connection five times.' },
    }),
  },
  /** The agent looked at a picture. */
  picture: {
    settings,
    threads,
    thread: threadOf(
      ...opening,
      item({
        ...{ id: 'p1', type: 'toolCall', status: 'completed', tool: 'view_image', output: '' },
        ...{ title: 'Looked at media/logo.png', image: 'media/logo.png' },
      }),
      said('say-1', 'final', 'The logo is red.'),
      { type: 'turn.completed', turnId, usage: noUsage },
    ),
    answers: { 'image/read': { dataUrl: redSquare } },
  },
  /** A command was refused, an edit did not fit, a picture could not be read, and a claim has no proof. */
  notDone: {
    settings,
    threads,
    thread: threadOf(
      ...opening,
      command('c1', 'dd if=/dev/zero of=/dev/sda', {
        ...{ status: 'declined', error: 'It overwrites a disk. This is never run.' },
        exitCode: undefined as never,
      }),
      item({
        ...{ id: 'f1', type: 'fileChange', status: 'failed', changes: [] },
        error: 'src/slug.js does not hold the lines that were to be changed.',
      }),
      item({
        ...{ id: 'p1', type: 'toolCall', status: 'failed', tool: 'view_image', output: '' },
        ...{ title: 'Looked at media/logo.svg', error: 'media/logo.svg is no picture.' },
      }),
      item({
        ...{ id: 'f2', type: 'fileChange', status: 'completed' },
        changes: [
          {
            ...{ path: 'src/words.txt', kind: 'update', added: 1501, removed: 1 },
            diff: '@@ -1,2 +1,2 @@\n-one\n+two\n\\ 1500 more lines\n\\ No newline at end of file\n',
          },
        ],
      }),
      said('say-1', 'final', 'It type-checks.', [
        { label: 'Type check', kind: 'types', verdict: 'notVerified' },
      ]),
      { type: 'turn.completed', turnId, usage: noUsage },
    ),
  },
  interrupted: {
    settings,
    threads,
    thread: threadOf(...opening, ...words.slice(0, 2), {
      type: 'turn.interrupted',
      turnId,
      by: 'user',
    }),
  },
} satisfies Record<string, PageState>;
