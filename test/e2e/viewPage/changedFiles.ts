import type { ChangedFile } from '../../../src/protocol/changes';

const turnId = 'turn-1';

/** Changed by a patch. */
export const slugFile: ChangedFile = {
  path: 'src/slug.js',
  kind: 'update',
  binary: false,
  baseline: 'a',
  live: 'b',
  added: 1,
  removed: 1,
  hunks: [
    {
      id: 'hunk-1',
      baseStart: 2,
      baseCount: 1,
      liveStart: 2,
      liveCount: 1,
      removed: ["  return s.trim().replace(' ', '-');"],
      added: ["  return s.trim().replaceAll(' ', '-');"],
    },
  ],
  origins: [{ turnId, itemId: 'patch-1', label: 'patch' }],
};

/** Changed by a shell command. */
export const notesFile: ChangedFile = {
  path: 'notes.md',
  kind: 'update',
  binary: false,
  baseline: 'c',
  live: 'd',
  added: 2,
  removed: 1,
  hunks: [
    {
      id: 'hunk-2',
      baseStart: 2,
      baseCount: 1,
      liveStart: 2,
      liveCount: 2,
      removed: ['- slug replaces the first space'],
      added: ['- slug replaces every space', '- and trims both ends'],
    },
  ],
  origins: [{ turnId, itemId: 'sed-1', label: "sed -i 's/first/every/' notes.md" }],
};
