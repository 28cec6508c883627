import { emptyChangeSet } from '../../../src/protocol/changes';
import type { CommitPreview } from '../../../src/protocol/commitPreview';
import { pageStates, type PageState } from './states';

const { finished } = pageStates;

export const commitPreview: CommitPreview = {
  files: [
    { path: 'notes.md', kind: 'update', binary: false, added: 2, removed: 1 },
    { path: 'src/slug.js', kind: 'update', binary: false, added: 1, removed: 1 },
    { path: 'src/text/words.js', kind: 'add', binary: false, added: 31, removed: 0 },
  ],
  left: [
    {
      path: 'src/cart.js',
      reason:
        'has accepted lines among edits of your own that are not committed: commit those yourself first',
    },
  ],
  branch: 'main',
  token: 'token-1',
  message: 'Update 3 files',
};

export const draftedMessage =
  'fix(slug): replace every space\n\nThe string form of replace stops after the first match\n(src/slug.js:3).';

const settings = { ...finished.settings, repository: true as const };
const thread = finished.thread;
const acceptedFiles = ['src/slug.js', 'notes.md', 'src/text/words.js', 'src/cart.js'];
const accepted = acceptedFiles.map((path, index) => {
  return { path, before: 'a', after: 'b', seq: 100 + index };
});
const answers = {
  'commit/preview': commitPreview,
  'commit/draft': { text: draftedMessage },
  'commit/create': { id: '1a2b3c4d5e', subject: 'fix(slug): replace every space', paths: [] },
};
const made = { id: '1a2b3c4d5e', subject: 'fix(slug): replace every space', paths: [] };

/** States that are about the way from accepted changes to the repository. */
export const commitStates: Readonly<
  Record<'partlyAccepted' | 'accepted' | 'committed', PageState>
> = {
  /** Some is accepted, some waits for review. */
  partlyAccepted: { ...finished, settings, thread: { ...thread, accepted }, answers },
  accepted: {
    ...finished,
    settings,
    thread: { ...thread, accepted, changes: emptyChangeSet },
    answers,
  },
  committed: {
    ...finished,
    settings,
    thread: {
      ...thread,
      changes: emptyChangeSet,
      commits: [{ ...made, at: thread.turns[0]!.startedAt + 60_000 }],
    },
  },
};
