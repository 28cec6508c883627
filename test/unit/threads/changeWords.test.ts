import assert from 'node:assert/strict';
import {
  changesText,
  checkCitations,
  describeStyle,
  logStyle,
  plainMessage,
} from '../../../src/threads/changeWords';
import { threadChecks } from '../../../src/threads/threadChecks';
import { emptyThreadState, type TurnState } from '../../../src/protocol/threadState';
import type { Evidence } from '../../../src/protocol/items';

const change = (path: string, kind: 'add' | 'delete' | 'update' = 'update') => ({
  ...{ path, kind, added: 2, removed: 1 },
  diff: '@@ -9,2 +9,3 @@\n a\n-b\n+B\n+C\n',
});

describe('the style of a log', () => {
  it('is that of most subjects', () => {
    const conventional = ['fix(a): mend it', 'feat!: add it', 'Merge things'];
    assert.deepEqual(logStyle(conventional), {
      ...{ conventional: true, tickets: false, firstLetter: 'lower' },
    });
    assert.deepEqual(logStyle(['SHOP-1 Mend it', 'SHOP-22: Add it']), {
      ...{ conventional: false, tickets: true, firstLetter: 'upper' },
    });
    assert.equal(logStyle(['mend it', 'add it', 'Drop it']).firstLetter, 'lower');
    assert.match(describeStyle(logStyle(conventional)), /conventional commits.*small letter/);
  });

  it('words the plain message, too', () => {
    assert.equal(plainMessage([change('src/a.js')]), 'Update a.js');
    assert.equal(plainMessage([change('a.js', 'add'), change('b.js', 'add')]), 'Add a.js and b.js');
    const many = [change('a.js', 'add'), change('b.js'), change('c.js', 'delete')];
    assert.equal(plainMessage(many), 'Update 3 files');
    assert.equal(
      plainMessage([change('a.js', 'delete')], ['fix: x', 'feat: y']),
      'chore: delete a.js',
    );
    assert.equal(plainMessage([change('README.md')], ['mend it']), 'update README.md');
  });
});

describe('changes as the model reads them', () => {
  it('have the line numbers of the new version, and only counts where they are too long', () => {
    const long = { ...change('long.js'), diff: `@@ -1 +1 @@\n+${'x'.repeat(30_000)}\n` };
    assert.equal(
      changesText([change('a.js'), long]),
      'update a.js (+2 -1)\n@@ -9,2 +9,3 @@\n9\t a\n\t-b\n10\t+B\n11\t+C\n\n\nupdate long.js (+2 -1): too long to be shown here',
    );
  });

  it('are cited with lines that the diff shows, else without a line', () => {
    const text = 'At a.js:10, a.js:40-44, other.js:40 and 10:30.';
    assert.equal(
      checkCitations(text, [change('a.js')]),
      'At a.js:10, a.js, other.js:40 and 10:30.',
    );
  });
});

describe('the checks of a thread', () => {
  const turn = (id: string, ...evidence: readonly Evidence[]) =>
    ({
      id,
      entries: [
        {
          type: 'agentMessage',
          id: `say-${id}`,
          status: 'completed',
          phase: 'final',
          text: '',
          evidence,
        },
      ],
    }) as unknown as TurnState;
  const ran = (label: string, verdict: Evidence['verdict']): Evidence => {
    return { label, kind: 'test', verdict };
  };
  const writeOf = (turnId: string) => ({ turnId, itemId: 'i', seq: 1, at: 1, files: [] });
  const outcomes = (turns: readonly TurnState[], writes: readonly string[]) =>
    threadChecks({ ...emptyThreadState('t'), turns, writes: writes.map(writeOf) }).map(
      ({ label, outcome }) => `${label} ${outcome}`,
    );

  it('show how each ended last, unless files were written since', () => {
    const first = turn('1', ran('npm test', 'failed'), ran('mocha a', 'passed'));
    const second = turn('2', ran('npm test', 'passed'));
    assert.deepEqual(outcomes([first, second], ['1']), ['mocha a passed', 'npm test passed']);
    assert.deepEqual(outcomes([first, second], ['1', '2']), ['npm test passed']);
    assert.deepEqual(outcomes([first, turn('2')], ['1', '2']), [
      'npm test notVerified',
      'mocha a notVerified',
    ]);
    assert.deepEqual(outcomes([turn('1', ran('Tests', 'notVerified'))], []), ['Tests notVerified']);
  });
});
