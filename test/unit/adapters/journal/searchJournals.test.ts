import assert from 'node:assert/strict';
import { createJournalStore } from '../../../../src/adapters/journal/journalStore';
import type { ThreadStore } from '../../../../src/ports/threadStore';
import type { ThreadEventBody } from '../../../../src/protocol/events';
import { useTempFolder } from '../../../support/tempFolder';

describe('the search in stored threads', () => {
  const folder = useTempFolder();
  let store: ThreadStore;

  beforeEach(() => {
    store = createJournalStore({ folder: folder().path });
  });

  function storeThread(id: string, title: string, ...items: ThreadEventBody[]): void {
    const journal = store.create(id);
    const bodies: ThreadEventBody[] = [
      { type: 'thread.started', cwd: '/work' },
      { type: 'thread.renamed', title },
      ...items,
    ];
    journal.append(bodies.map((body, index) => ({ seq: index + 1, at: 0, threadId: id, ...body })));
    journal.close();
  }
  const said = (text: string): ThreadEventBody => ({
    type: 'item.completed',
    turnId: 'turn',
    item: { type: 'agentMessage', id: 'say', status: 'completed', phase: 'final', text },
  });
  const ran = (command: string, output = ''): ThreadEventBody => ({
    type: 'item.completed',
    turnId: 'turn',
    item: {
      type: 'commandExecution',
      id: 'run',
      status: 'completed',
      command,
      cwd: '/work',
      output,
      readOnly: true,
    },
  });
  const search = (query: string, signal = new AbortController().signal) =>
    store.search(query, store.list(), signal);
  const ids = async (query: string) => (await search(query)).map(({ id }) => id).sort();

  it('finds words in titles, messages and commands, whatever their case, and all of them', async () => {
    storeThread('a', 'Fix the Slug', said('Accents are “handled” now.'));
    storeThread('b', 'Something else', ran('npm test -- slug.test.js', 'Accents: 3 passed'));
    assert.deepEqual(await ids('SLUG'), ['a', 'b']);
    assert.deepEqual(await ids('slug accents'), ['a']);
    assert.deepEqual(await ids('slug nowhere'), []);
    assert.deepEqual(await ids('  '), []);
    assert.deepEqual(await search('fix slug'), [{ id: 'a' }]);
  });

  it('shows where it found them', async () => {
    storeThread('a', 'x', said(`${'before '.repeat(30)}\nthe needle\n${'after '.repeat(30)}`));
    const [hit] = await search('needle');
    assert.match(hit?.excerpt ?? '', /^….*the needle after.*…$/);
    assert.ok((hit?.excerpt?.length ?? 0) < 130);
  });

  it('finds quotes, backslashes and other scripts', async () => {
    storeThread('a', 'x', ran('grep "C:\\temp" größe'));
    assert.deepEqual(await ids('"c:\\temp" GRÖSSE'), []);
    assert.deepEqual(await ids('"c:\\temp" GRÖßE'), ['a']);
  });

  it('is not stopped by a damaged journal or one that is gone', async () => {
    storeThread('a', 'x', said('needle'));
    folder().write('threads/b.jsonl', 'needle\nnot a journal');
    const among = [...store.list(), { id: 'gone', title: '', cwd: '', updatedAt: 0 }];
    const hits = await store.search('needle', among, new AbortController().signal);
    assert.deepEqual(hits, [{ id: 'a', excerpt: 'needle' }]);
  });

  it('ends when nobody waits for it any more', async () => {
    storeThread('a', 'x', said('needle'));
    assert.deepEqual(await search('needle', AbortSignal.abort()), []);
  });

  it('lets other work go on while it looks through a thousand threads', async function () {
    for (let index = 0; index < 1000; index++) {
      storeThread(`t${index}`, 'x', said(`number ${index} ${'words '.repeat(200)}`));
    }
    const among = store.list();
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const hits = await store.search('number 999', among, new AbortController().signal);
    clearInterval(timer);
    assert.deepEqual(
      hits.map(({ id }) => id),
      ['t999'],
    );
    assert.ok(turns > 5, `other work had its turn ${turns} times`);
  });
});
