import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createShadowStore } from '../../src/adapters/git/shadowStore';
import { RestoreError } from '../../src/threads/restorer';
import {
  customCall,
  functionCall,
  message,
  respond,
  type ScriptedRequest,
} from '../support/scriptedServer';
import { startTestThreads, type TestThreads } from '../support/testThreads';

const patch = (body: string, id: string) =>
  respond(customCall('apply_patch', `*** Begin Patch\n${body}\n*** End Patch`, id));
const shell = (cmd: string, id: string) => respond(functionCall('exec_command', { cmd }, id));
const done = respond(message('Done.'));

describe('going back to a checkpoint', () => {
  let agent: TestThreads;
  afterEach(() => agent.dispose());

  const lines = (...words: string[]) => words.map((word) => `${word}\n`).join('');
  const read = (path: string) => readFileSync(join(agent.workspace.path, path), 'utf8');
  const turn = (index: number) => ({ turnId: agent.thread.state.turns[index]!.id });
  const pending = () => agent.thread.state.changes.files.map(({ path }) => path);
  const checkpoints = () => agent.thread.checkpoints;
  const inputOf = (request: ScriptedRequest | undefined) => JSON.stringify(request?.body.input);

  /** Turn 1 patches a.txt, turn 2 runs a command that changes it again, makes one file and removes another. */
  async function twoTurns(...more: ReturnType<typeof respond>[]): Promise<void> {
    agent = await startTestThreads(
      { 'a.txt': lines('one', 'two', 'three', 'four', 'five'), 'b.txt': 'b\n', 'c.txt': 'c\n' },
      [
        patch('*** Update File: a.txt\n@@\n-two\n+TWO', 'c1'),
        done,
        shell("sed -i 's/four/FOUR/' a.txt; echo new > new.txt; rm b.txt", 'c2'),
        done,
        ...more,
      ],
    );
    await agent.ask('first');
    await agent.ask('second');
  }

  it('puts back exactly what the thread wrote since, also through commands', async () => {
    await twoTurns();
    agent.workspace.write('c.txt', 'mine\n');
    assert.deepEqual(await checkpoints().preview(turn(1)), {
      checkpoint: turn(1),
      files: [
        { path: 'a.txt', kind: 'update', outcome: 'restored', added: 1, removed: 1 },
        { path: 'b.txt', kind: 'add', outcome: 'restored', added: 1, removed: 0 },
        { path: 'new.txt', kind: 'delete', outcome: 'restored', added: 0, removed: 1 },
      ],
      turns: 1,
    });
    assert.ok(read('a.txt').includes('FOUR'), 'looking changes nothing');
    await checkpoints().restore(turn(1), { scope: 'files' });
    assert.equal(read('a.txt'), lines('one', 'TWO', 'three', 'four', 'five'));
    assert.equal(read('b.txt'), 'b\n');
    assert.equal(existsSync(join(agent.workspace.path, 'new.txt')), false);
    assert.equal(read('c.txt'), 'mine\n');
    assert.deepEqual(pending(), ['a.txt']);
    assert.equal(agent.thread.state.changes.files[0]?.hunks.length, 1);
    assert.equal(agent.thread.state.turns.length, 2);
    await checkpoints().restore(turn(0), { scope: 'files' });
    assert.equal(read('a.txt'), lines('one', 'two', 'three', 'four', 'five'));
    assert.deepEqual(pending(), []);
    assert.deepEqual(agent.thread.state.writes, []);
  });

  it('goes back to just before one command', async () => {
    await twoTurns();
    const { turnId, itemId } = agent.thread.state.writes[1]!;
    await checkpoints().restore({ turnId, itemId }, { scope: 'files' });
    assert.equal(read('a.txt'), lines('one', 'TWO', 'three', 'four', 'five'));
    await assert.rejects(checkpoints().preview({ turnId, itemId }), RestoreError);
  });

  it('keeps what the person changed between and after the edits', async () => {
    agent = await startTestThreads({ 'a.txt': lines('one', 'two', 'three', 'four', 'five') }, [
      patch('*** Update File: a.txt\n@@\n-two\n+TWO', 'c1'),
      done,
      patch('*** Update File: a.txt\n@@\n-four\n+FOUR', 'c2'),
      done,
    ]);
    await agent.ask('first');
    agent.workspace.write('a.txt', lines('zero', 'one', 'TWO', 'three', 'four', 'five'));
    await agent.ask('second');
    agent.workspace.write('a.txt', lines('zero', 'one', 'TWO', 'three', 'FOUR', 'five', 'six'));
    const { files } = await checkpoints().preview(turn(0));
    assert.deepEqual(
      files.map(({ outcome }) => outcome),
      ['merged'],
    );
    await checkpoints().restore(turn(0), { scope: 'files' });
    assert.equal(read('a.txt'), lines('zero', 'one', 'two', 'three', 'four', 'five', 'six'));
    assert.deepEqual(pending(), [], 'what is left is the person’s own');
  });

  it('leaves a file in conflict as it is, with both texts at hand, unless the person chooses', async () => {
    await twoTurns();
    const mine = lines('one', 'mine', 'three', 'FOUR', 'five');
    agent.workspace.write('a.txt', mine);
    const preview = await checkpoints().preview(turn(0));
    assert.deepEqual(
      preview.files.map(({ path, outcome }) => `${path} ${outcome}`),
      ['a.txt conflict', 'b.txt restored', 'new.txt restored'],
    );
    const texts = await checkpoints().texts(turn(0), 'a.txt');
    assert.equal(new TextDecoder().decode(texts.mine ?? undefined), mine);
    const before = lines('one', 'two', 'three', 'four', 'five');
    assert.equal(new TextDecoder().decode(texts.checkpoint ?? undefined), before);
    await checkpoints().restore(turn(0), { scope: 'files' });
    assert.equal(read('a.txt'), mine);
    assert.deepEqual(agent.thread.state.restores.at(-1)?.kept, ['a.txt']);
    assert.deepEqual(pending(), ['a.txt']);
    await checkpoints().restore(turn(0), { scope: 'files', takeCheckpoint: ['a.txt'] });
    assert.equal(read('a.txt'), before);
    await checkpoints().undo(agent.thread.state.restores.at(-1)!.id);
    assert.equal(read('a.txt'), mine);
  });

  it('can be undone: files, what waits for review, and the conversation', async () => {
    await twoTurns();
    const { turns, changes, writes, contextTokens } = agent.thread.state;
    const a = read('a.txt');
    const said = await checkpoints().restore(turn(0), { scope: 'both' });
    assert.equal(said?.text, 'first');
    assert.deepEqual(agent.thread.state.turns, []);
    assert.deepEqual(pending(), []);
    const [restore] = agent.thread.state.restores;
    agent.workspace.write('a.txt', `zero\n${read('a.txt')}`);
    assert.deepEqual(await checkpoints().undo(restore!.id), []);
    const state = agent.thread.state;
    assert.equal(read('a.txt'), `zero\n${a}`);
    assert.equal(existsSync(join(agent.workspace.path, 'b.txt')), false);
    assert.deepEqual(state.turns, turns);
    assert.deepEqual(state.writes, writes);
    assert.equal(state.contextTokens, contextTokens);
    const shape = (set: typeof changes) =>
      set.files.map(({ path, added, removed }) => ({ path, added, removed }));
    assert.deepEqual(shape(state.changes), shape(changes));
    assert.deepEqual(state.restores, []);
  });

  it('shortens what the model sees to what was said before, and tells it', async () => {
    await twoTurns(done, done);
    const before = agent.server.requests[1]!.body.input;
    await checkpoints().restore(turn(1), { scope: 'both' });
    await agent.ask('another way');
    const request = agent.server.requests[4]!;
    assert.deepEqual(request.body.input.slice(0, before.length), before);
    assert.doesNotMatch(inputOf(request), /"second"|FOUR/);
    assert.match(inputOf(request), /went back to here.*a\.txt\\nb\.txt\\nnew\.txt/);
    await agent.ask('on');
    assert.equal(inputOf(agent.server.requests[5]).match(/<review>/g)?.length, 1);
    assert.deepEqual(agent.server.violations, []);
  });

  it('tells the model which files went back where the conversation goes on', async () => {
    await twoTurns(done);
    await checkpoints().restore(turn(1), { scope: 'files' });
    await agent.ask('on');
    assert.match(inputOf(agent.server.requests[4]), /took your edits .*a\.txt\\nb\.txt\\nnew\.txt/);
    assert.doesNotMatch(inputOf(agent.server.requests[4]), /by hand/);
  });

  it('leaves the files alone where only the conversation goes back', async () => {
    await twoTurns(done);
    const a = read('a.txt');
    await checkpoints().restore(turn(1), { scope: 'conversation' });
    assert.equal(read('a.txt'), a);
    assert.deepEqual(pending(), ['a.txt', 'b.txt', 'new.txt']);
    assert.equal(agent.thread.state.turns.length, 1);
    await checkpoints().undo(agent.thread.state.restores[0]!.id);
    assert.equal(agent.thread.state.turns.length, 2);
    await agent.ask('on');
    const [earlier, later] = [agent.server.requests[3]!, agent.server.requests[4]!];
    assert.deepEqual(later.body.input.slice(0, earlier.body.input.length), earlier.body.input);
    assert.deepEqual(agent.server.violations, []);
  });

  it('is the same after the thread was closed and opened again', async () => {
    await twoTurns();
    await checkpoints().restore(turn(1), { scope: 'both' });
    const { state } = agent.thread;
    await agent.threads.dispose();
    const again = agent.anotherHost().open(agent.thread.id);
    assert.deepEqual(again.state.turns, state.turns);
    assert.deepEqual(again.state.writes, state.writes);
    await again.checkpoints.undo(state.restores[0]!.id);
    assert.ok(read('a.txt').includes('FOUR'));
    await again.checkpoints.restore({ turnId: state.turns[0]!.id }, { scope: 'files' });
    assert.equal(read('a.txt'), lines('one', 'two', 'three', 'four', 'five'));
  });

  it('is refused while a turn runs', async () => {
    agent = await startTestThreads({ 'a.txt': 'a\n' }, [
      patch('*** Update File: a.txt\n@@\n-a\n+A', 'c1'),
      done,
      shell('sleep 5', 'c2'),
    ]);
    await agent.ask('first');
    const running = agent.ask('second');
    await assert.rejects(checkpoints().restore(turn(0), { scope: 'files' }), /A turn is running/);
    assert.equal(read('a.txt'), 'A\n');
    agent.thread.interrupt();
    await running;
    await checkpoints().restore(turn(0), { scope: 'files' });
    assert.equal(read('a.txt'), 'a\n');
  });

  it('says so where a content is no longer kept, and restores the rest', async () => {
    await twoTurns();
    const { before } = agent.thread.state.writes[0]!.files[0]!;
    const store = agent.stateFolder;
    const { readdirSync } = await import('node:fs');
    for (const folder of readdirSync(store).filter((name) => name.endsWith('.git'))) {
      rmSync(join(store, folder, 'objects', before!.slice(0, 2), before!.slice(2)), {
        force: true,
      });
      rmSync(join(store, folder, 'objects', 'pack'), { force: true, recursive: true });
    }
    const { files } = await checkpoints().preview(turn(0));
    assert.deepEqual(
      files.map(({ path, outcome }) => `${path} ${outcome}`),
      ['a.txt lost', 'b.txt restored', 'new.txt restored'],
    );
    await assert.rejects(checkpoints().texts(turn(0), 'a.txt'), /no longer kept/);
    await checkpoints().restore(turn(0), { scope: 'files' });
    assert.ok(read('a.txt').includes('FOUR'));
    assert.equal(read('b.txt'), 'b\n');
  });

  it('keeps the bytes of CRLF, binary and executable files', async () => {
    const binary = new Uint8Array([0, 1, 2, 255, 254]);
    agent = await startTestThreads(
      { 'w.txt': 'a\r\nb\r\n', 'x.bin': binary, 'run.sh': '#!/bin/sh\n' },
      [shell("chmod +x run.sh; printf 'a\\nB\\n' > w.txt; rm x.bin; mv run.sh go.sh", 'c1'), done],
    );
    await agent.ask('go');
    await checkpoints().restore(turn(0), { scope: 'files' });
    assert.equal(read('w.txt'), 'a\r\nb\r\n');
    assert.deepEqual(new Uint8Array(readFileSync(join(agent.workspace.path, 'x.bin'))), binary);
    assert.equal(read('run.sh'), '#!/bin/sh\n');
    assert.deepEqual(pending(), []);
    const modeOf = (path: string) => statSync(join(agent.workspace.path, path)).mode & 0o111;
    assert.equal(modeOf('run.sh'), 0);
    await checkpoints().undo(agent.thread.state.restores[0]!.id);
    assert.equal(modeOf('go.sh'), 0o111);
    assert.deepEqual(pending(), ['go.sh', 'run.sh', 'w.txt', 'x.bin']);
  });
});

describe('deleting a thread', () => {
  it('deletes the contents it kept of files, but none that another thread needs', async () => {
    const agent = await startTestThreads({ 'a.txt': 'a\n', 'b.txt': 'b\n' }, [
      patch('*** Update File: a.txt\n@@\n-a\n+A only here', 'c1'),
      done,
      patch('*** Update File: b.txt\n@@\n-b\n+B of both', 'c2'),
      done,
      patch('*** Update File: b.txt\n@@\n-B of both\n+B later', 'c3'),
      done,
      shell('echo last > a.txt', 'c4'),
      done,
    ]);
    try {
      await agent.ask('a');
      await agent.ask('b');
      const other = agent.threads.start(agent.workspace.path);
      const { context } = agent.thread.state.turns[0]!;
      await other.startTurn({ text: 'b again', attachments: [] }, context);
      await other.startTurn({ text: 'a again', attachments: [] }, context);
      const contents = createShadowStore({
        root: agent.workspace.path,
        stateFolder: agent.stateFolder,
        log: { info() {}, warn() {}, error() {} },
      });
      const idOf = (text: string) => contents.idOf(new TextEncoder().encode(text));
      assert.ok(await contents.get(idOf('A only here\n')));
      const [ofOther] = other.state.writes;
      await agent.threads.delete(agent.thread.id);
      await assert.rejects(contents.get(idOf('a\n')));
      assert.ok(await contents.get(ofOther!.files[0]!.before!));
      assert.ok(await contents.get(idOf('B of both\n')));
      assert.ok(await contents.get(idOf('B later\n')));
    } finally {
      await agent.dispose();
    }
  });
});
