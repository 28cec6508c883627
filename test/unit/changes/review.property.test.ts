import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ReviewDesk } from './reviewDesk';
import { slotCount, styles } from './reviewedFiles';

/** Mostly the same file: things that happen apart test little. */
const file = fc.oneof(
  { weight: 3, arbitrary: fc.constant(2) },
  { weight: 1, arbitrary: fc.nat(Object.keys(styles).length - 1) },
);
const slot = fc.nat(slotCount - 1);
const lineCount = fc.nat(3);
const resolution = fc.constantFrom('accept' as const, 'reject' as const);

/** One thing the agent or the person does; edits write lines that were never there before. */
const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('agent' as const),
      files: fc.uniqueArray(file, { minLength: 1, maxLength: 2 }),
      slot,
      lineCount,
      how: fc.constantFrom('patch' as const, 'command' as const),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('types' as const),
      file,
      slot,
      lineCount,
      by: fc.constantFrom('typing' as const, 'disk' as const),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('back' as const),
      file,
      direction: fc.constantFrom('undo' as const, 'undo' as const, 'redo' as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('hunk' as const), resolution, number: fc.nat(20) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('file' as const), resolution, file }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('saves' as const), file }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reload' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('reloadChanged' as const), file, slot, lineCount }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('beginTurn' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('endTurn' as const) }) },
  // Without a look in between the tracker sees several things at once.
  { weight: 6, arbitrary: fc.record({ do: fc.constant('check' as const) }) },
);

type Act = typeof act extends fc.Arbitrary<infer Value> ? Value : never;

async function perform(desk: ReviewDesk, step: Act, number: number): Promise<void> {
  const lines = (count: number) => Array.from({ length: count }, (_, at) => `${number}.${at}`);
  switch (step.do) {
    case 'agent':
      return desk.agentEdits(step.files, step.slot, lines(step.lineCount + 1), step.how);
    case 'types':
      return desk.personTypes(step.file, step.slot, lines(step.lineCount + 1), step.by);
    case 'back':
      return desk.goesBack(step.file, step.direction);
    case 'hunk':
      return desk.resolvesHunk(step.resolution, step.number);
    case 'file':
      return desk.resolves(step.resolution, step.file);
    case 'saves':
      return desk.personSaves(step.file);
    case 'reload':
      return desk.reloads();
    case 'reloadChanged':
      return desk.reloads({ index: step.file, slot: step.slot, lines: lines(step.lineCount + 1) });
    case 'beginTurn':
      return desk.beginTurn();
    case 'endTurn':
      return desk.endTurn();
    case 'check':
      return desk.check();
  }
}

/** Whatever happens, then everything is accepted or rejected. */
const review = fc.asyncProperty(
  fc.array(act, { maxLength: 40, size: 'max' }),
  resolution,
  async (acts, end) => {
    const desk = new ReviewDesk();
    try {
      for (const [number, step] of acts.entries()) await perform(desk, step, number);
      await desk.check();
      const before = structuredClone(desk.files);
      await desk.resolves(end);
      await desk.check();
      for (const { path, baseline, viewOnly } of desk.expected) {
        const now = desk.files.get(path);
        if (end === 'accept' || viewOnly) assert.deepEqual(now, before.get(path));
        else assert.deepEqual(now, baseline, 'the start with exactly what the person did');
      }
    } finally {
      desk.dispose();
    }
  },
);

describe('reviewing whatever happens', () => {
  const chosen = Number(process.env.TANDEM_TEST_SEED ?? 31_337);
  for (const seed of [1, 23, 20_261, chosen]) {
    it(`keeps baseline and hunks equal to the live text, and loses nothing (seed ${seed})`, async () => {
      await fc.assert(review, { seed, numRuns: 150 });
    });
  }
});
