import assert from 'node:assert/strict';
import fc from 'fast-check';
import { acceptedChange, acceptedSides } from '../../../src/changes/acceptedChange';
import { mergeContents } from '../../../src/changes/mergeText';
import type { AcceptedChange } from '../../../src/protocol/acceptedChanges';
import type { ChangedFile } from '../../../src/protocol/changes';

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array | null) => bytes && new TextDecoder().decode(bytes);
/** A store whose ids are the contents themselves. */
const read = async (id: string | null) => (id === null ? null : encode(id));
const step = (before: string | null, after: string | null): AcceptedChange => {
  return { path: 'a.txt', before, after };
};
async function sidesOf(steps: readonly AcceptedChange[], now: string | null) {
  const { own, accepted } = await acceptedSides(steps, now === null ? null : encode(now), read);
  return { own: decode(own), accepted: decode(accepted) };
}

describe('what was accepted of a file', () => {
  it('is nothing where the person took it back, removed the file, or made it anew', async () => {
    const steps = [step('a\nb\nc\n', 'a\nB\nc\n')];
    assert.deepEqual(await sidesOf(steps, 'a\nb\nc\n'), {
      own: 'a\nb\nc\n',
      accepted: 'a\nb\nc\n',
    });
    assert.deepEqual(await sidesOf(steps, null), { own: null, accepted: null });
    const deleted = await sidesOf([step('a\n', null)], 'mine\n');
    assert.deepEqual(deleted, { own: 'mine\n', accepted: 'mine\n' });
    assert.deepEqual(await sidesOf([step('a\n', null)], null), { own: 'a\n', accepted: null });
  });

  it('takes along what the person changed inside of it, and nothing else of theirs', async () => {
    const steps = [step('a\nb\nc\nd\ne\n', 'a\nB\nc\nd\ne\n')];
    assert.deepEqual(await sidesOf(steps, 'a\nBetter\nc\nd\nE\n'), {
      own: 'a\nb\nc\nd\nE\n',
      accepted: 'a\nBetter\nc\nd\nE\n',
    });
    const added = await sidesOf([step(null, 'new\n')], 'newer\n');
    assert.deepEqual(added, { own: null, accepted: 'newer\n' });
  });

  it('is told from how the file stood before and after', () => {
    const file = { path: 'a.sh', baseline: 'b', live: 'l' } as ChangedFile;
    const executable = { baseline: false, live: true };
    assert.deepEqual(acceptedChange(file, undefined), { path: 'a.sh', before: 'b', after: 'l' });
    const partly = { ...file, baseline: 'b2' };
    assert.deepEqual(acceptedChange(file, partly), { path: 'a.sh', before: 'b', after: 'b2' });
    assert.deepEqual(acceptedChange({ ...file, executable }, { ...partly, executable }), {
      ...{ path: 'a.sh', before: 'b', after: 'b2' },
      executable: { before: false, after: false },
    });
    assert.deepEqual(acceptedChange({ ...file, executable }, undefined).executable, {
      before: false,
      after: true,
    });
  });

  it('put onto the last commit gives exactly its lines with the accepted ones changed', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.constantFrom(
            'kept',
            'kept',
            'mineBefore',
            'first',
            'second',
            'mineBetween',
            'mineAfter',
          ),
          { minLength: 1, maxLength: 30 },
        ),
        async (drawn) => {
          // What the person changes after an accept beside an accepted line belongs to it.
          const isAgents = (role: string | undefined) => role === 'first' || role === 'second';
          const roles = drawn.map((role, at) =>
            (role === 'mineBetween' || role === 'mineAfter') &&
            (isAgents(drawn[at - 1]) || isAgents(drawn[at + 1]))
              ? 'kept'
              : role,
          );
          const textWith = (...changed: readonly string[]) =>
            roles
              .map((role, at) => (changed.includes(role) ? `${role} ${at}\n` : `line ${at}\n`))
              .join('');
          const steps = [
            step(textWith('mineBefore'), textWith('mineBefore', 'first')),
            step(
              textWith('mineBefore', 'first', 'mineBetween'),
              textWith('mineBefore', 'first', 'mineBetween', 'second'),
            ),
          ];
          const now = textWith('mineBefore', 'first', 'mineBetween', 'second', 'mineAfter');
          const { own, accepted } = await acceptedSides(steps, encode(now), read);
          const merged = mergeContents(own, encode(textWith()), accepted);
          assert.equal(decode(merged?.content ?? null), textWith('first', 'second'));
        },
      ),
      { numRuns: 300 },
    ));
});
