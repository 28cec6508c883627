import assert from 'node:assert/strict';
import type { SearchHit, ThreadSummary } from '../../../../src/protocol/viewProtocol';
import { listedThreads } from '../../../../webview-ui/src/views/History/listedThreads';

const thread = (id: string, title: string): ThreadSummary => ({
  id,
  title,
  updatedAt: 0,
  running: false,
});
const threads: readonly ThreadSummary[] = [
  thread('a', 'Fix the Slug'),
  thread('b', 'Runner'),
  { ...thread('c', 'Old slug'), archived: true },
];

function list(query: string, hits?: readonly SearchHit[], archived = false) {
  return listedThreads(threads, { archived, query, hits }).map(({ thread: { id }, excerpt }) =>
    excerpt === undefined ? id : `${id}: ${excerpt}`,
  );
}

describe('listedThreads', () => {
  it('keeps archived threads apart', () => {
    assert.deepEqual(list(''), ['a', 'b']);
    assert.deepEqual(list('', undefined, true), ['c']);
  });

  it('finds all words in titles at once, archived or not', () => {
    assert.deepEqual(list('slug'), ['a', 'c']);
    assert.deepEqual(list('SLUG fix'), ['a']);
    assert.deepEqual(list('none'), []);
  });

  it('adds what the host found, in the order of the list', () => {
    assert.deepEqual(list('slug', [{ id: 'b', excerpt: 'the slug' }, { id: 'gone' }]), [
      'a',
      'b: the slug',
      'c',
    ]);
  });
});
