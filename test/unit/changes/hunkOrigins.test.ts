import assert from 'node:assert/strict';
import { runAtOnce } from '../../../src/base/slices';
import { hunkOriginSteps, type TextWrite } from '../../../src/changes/hunkOrigins';
import { deriveChange } from '../../../src/changes/hunks';

const lines = (...texts: string[]) => texts.map((text) => `${text}\n`).join('');

/** The calls behind each hunk between the first text and the last, in the order of the hunks. */
function origins(texts: readonly string[], people: readonly number[] = []): string[] {
  const [baseline = ''] = texts;
  const live = texts.at(-1) ?? '';
  const writes = texts.slice(1).flatMap((after, index): TextWrite[] => {
    if (people.includes(index)) return [];
    return [{ itemId: `call-${index}`, before: texts[index] ?? '', after }];
  });
  const { hunks } = deriveChange(baseline, live);
  const found = runAtOnce(hunkOriginSteps(writes, live, hunks));
  return hunks.map(({ id }) => (found[id] ?? []).join(' '));
}

describe('hunkOrigins', () => {
  it('tells each call by the lines it wrote', () => {
    const found = origins([
      lines('a', 'b', 'c', 'd', 'e'),
      lines('A', 'b', 'c', 'd', 'e'),
      lines('A', 'b', 'c', 'd', 'E'),
    ]);
    assert.deepEqual(found, ['call-0', 'call-1']);
  });

  it('tells who removed lines, also when lines above came later', () => {
    const found = origins([
      lines('a', 'b', 'c', 'd'),
      lines('a', 'b', 'd'),
      lines('new', 'a', 'b', 'd'),
    ]);
    assert.deepEqual(found, ['call-1', 'call-0']);
    assert.deepEqual(origins([lines('a', 'b'), lines('a')]), ['call-0']);
  });

  it('names every call that had a part in a hunk, oldest first', () => {
    const found = origins([
      lines('a', 'b', 'c'),
      lines('a', 'B', 'c'),
      lines('a', 'B', 'more', 'c'),
    ]);
    assert.deepEqual(found, ['call-0 call-1']);
  });

  it('passes over what the person wrote in between', () => {
    const found = origins(
      [
        lines('a', 'b', 'c', 'd'),
        lines('a', 'mine', 'b', 'c', 'd'),
        lines('a', 'mine', 'b', 'c', 'D'),
      ],
      [0],
    );
    assert.deepEqual(found, ['', 'call-1']);
  });
});
