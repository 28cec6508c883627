import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { systemClock } from '../../../src/adapters/disk/systemClock';
import { defer } from '../../../src/base/deferred';
import { JournalError } from '../../../src/ports/threadStore';
import { runningTurn } from '../../../src/protocol/threadState';
import type { Thread } from '../../../src/threads/thread';
import { sampleContext } from '../../support/sampleContext';
import { functionCall, message, respond } from '../../support/scriptedServer';
import { startTestThreads, type TestThreads } from '../../support/testThreads';

const ended = /^turn\.(completed|interrupted|failed)$/;

describe('ThreadManager', () => {
  let agent: TestThreads;
  afterEach(() => agent.dispose());

  const asked = (thread: Thread, text: string) =>
    thread.startTurn({ text, attachments: [] }, sampleContext(agent.workspace.path));
  const isElsewhere = (error: unknown) =>
    error instanceof JournalError && error.owner === 'elsewhere';

  async function until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  describe('forking', () => {
    const twoTurns = () =>
      startTestThreads({ 'a.txt': 'old\n' }, [
        respond(functionCall('exec_command', { cmd: 'echo new > a.txt' }, 'c1')),
        respond(message('Changed.')),
        respond(message('Second answer.')),
        respond(message('Another answer.')),
      ]);

    it('goes on from before a message with the history, and leaves pending changes where they are', async () => {
      agent = await twoTurns();
      await agent.ask('first');
      await agent.ask('second');
      const { id, state } = agent.thread;
      const { thread: fork, input } = agent.threads.fork(id, state.turns[1]!.id);
      assert.equal(input?.text, 'second');
      assert.equal(fork.state.turns.length, 1);
      assert.equal(fork.state.title, 'first');
      assert.deepEqual(fork.state.changes.files, []);
      assert.equal(agent.thread.state.changes.files.length, 1);
      assert.equal(agent.thread.state.turns.length, 2);

      await asked(fork, 'second, said better');
      assert.deepEqual(agent.server.violations, []);
      const sent = agent.server.requests.at(-1)!.raw;
      for (const part of ['first', 'Changed.', 'thread_forked', 'second, said better']) {
        assert.ok(sent.includes(part), part);
      }
      assert.ok(!sent.includes('Second answer.'));
      assert.equal(fork.state.turns.length, 2);
      assert.equal(agent.thread.state.turns.length, 2);
    });

    it('is stored at once, says where it comes from, and can be opened elsewhere', async () => {
      agent = await twoTurns();
      await agent.ask('first');
      await agent.ask('second');
      const turnId = agent.thread.state.turns[1]!.id;
      const { thread: fork } = agent.threads.fork(agent.thread.id, turnId);
      const [started] = agent.threads
        .export(fork.id, 'jsonLines')
        .split('\n')
        .map((line) => (line ? (JSON.parse(line) as Record<string, unknown>) : {}));
      assert.deepEqual(started?.forkedFrom, { threadId: agent.thread.id, turnId });
      const again = agent.anotherHost().open(fork.id);
      assert.deepEqual(again.state, fork.state);
      const seqs = agent.threads.export(fork.id, 'jsonLines').trim().split('\n').length;
      assert.equal(fork.state.seq, seqs);
    });

    it('from the first message is an empty thread that gets its title from what is said now', async () => {
      agent = await twoTurns();
      await agent.ask('first');
      const { thread: fork, input } = agent.threads.fork(
        agent.thread.id,
        agent.thread.state.turns[0]!.id,
      );
      assert.equal(input?.text, 'first');
      assert.deepEqual(fork.state.turns, []);
      await asked(fork, 'something else');
      assert.equal(fork.state.title, 'something else');
      assert.throws(() => agent.threads.fork(fork.id, 'no such turn'), JournalError);
    });
  });

  describe('with two windows', () => {
    it('reads in one what the other owns, and goes on there after a take-over', async () => {
      agent = await startTestThreads({}, [respond(message('One.')), respond(message('Two.'))]);
      await agent.ask('first');
      const other = agent.anotherHost();
      const reader = other.open(agent.thread.id);
      assert.equal(reader.readOnly, true);
      assert.deepEqual(reader.state, agent.thread.state);
      await assert.rejects(asked(reader, 'no'), isElsewhere);
      assert.throws(() => reader.rename('no'), isElsewhere);
      await assert.rejects(reader.resolveChanges('accept', {}), isElsewhere);

      const owner = other.takeOver(agent.thread.id);
      assert.equal(owner.readOnly, false);
      await asked(owner, 'second');
      await assert.rejects(agent.ask('too late'), isElsewhere);
      assert.equal(agent.thread.readOnly, true);
      assert.deepEqual(agent.server.violations, []);
      assert.deepEqual(agent.threads.open(owner.id).state, owner.state);
    });

    it('ends a turn whose thread is taken over, and kills what it ran', async () => {
      agent = await startTestThreads({}, [
        respond(
          functionCall(
            'exec_command',
            { cmd: 'sleep 1; echo done > late.txt; sleep 60', yield_time_ms: 700 },
            'c1',
          ),
        ),
        respond(message('Never sent.')),
      ]);
      const turn = agent.ask('start');
      await until(() => agent.events.some(({ type }) => type === 'step.completed'));
      await until(() => agent.thread.state.turns[0]!.entries.length > 1);
      const owner = agent.anotherHost().takeOver(agent.thread.id);
      const entries = owner.state.turns[0]!.entries;
      assert.equal(owner.state.turns[0]!.status, 'interrupted');
      assert.match(JSON.stringify(entries.at(-1)), /taken over from another window/);

      await turn.catch(() => undefined);
      assert.equal(agent.thread.readOnly, true);
      assert.equal(runningTurn(agent.thread.state), undefined);
      assert.match(
        agent.thread.state.turns[0]!.error?.message ?? '',
        /another window took it over/,
      );
      assert.equal(agent.server.requests.length, 1);
      await until(() => agent.thread.idle);
      await new Promise((resolve) => setTimeout(resolve, 1200));
      assert.deepEqual(readdirSync(agent.workspace.path), []);
      assert.deepEqual(agent.threads.open(owner.id).state, owner.state);
    });

    it('owns a thread again that the other window let go', async () => {
      agent = await startTestThreads({}, [respond(message('One.'))]);
      await agent.ask('first');
      const other = agent.anotherHost();
      assert.equal(other.open(agent.thread.id).readOnly, true);
      await agent.threads.close(agent.thread.id);
      assert.equal(other.open(agent.thread.id).readOnly, false);
    });
  });

  describe('with threads that nobody looks at', () => {
    it('closes an idle one at once, so that another window can open it', async () => {
      agent = await startTestThreads({}, [respond(message('One.'))]);
      await agent.ask('first');
      agent.threads.leave(agent.thread.id);
      assert.equal(agent.anotherHost().open(agent.thread.id).readOnly, false);
    });

    it('keeps a running one until it has ended', async () => {
      agent = await startTestThreads({}, [
        respond(functionCall('exec_command', { cmd: 'sleep 0.3' }, 'c1')),
        respond(message('One.')),
      ]);
      const turn = agent.ask('first');
      agent.threads.leave(agent.thread.id);
      await turn;
      assert.match(agent.events.at(-1)!.type, ended);
      const other = agent.anotherHost();
      await until(() => !other.open(agent.thread.id).readOnly);
    });

    it('keeps one whose command goes on in the background', async () => {
      agent = await startTestThreads({}, [
        respond(functionCall('exec_command', { cmd: 'sleep 30', yield_time_ms: 250 }, 'c1')),
        respond(message('It runs.')),
      ]);
      await agent.ask('first');
      agent.threads.leave(agent.thread.id);
      assert.equal(agent.thread.idle, false);
      assert.equal(agent.threads.open(agent.thread.id), agent.thread);
    });

    it('keeps one whose changes wait for review until they are settled, so that it sees what others write', async () => {
      agent = await startTestThreads({}, [
        respond(functionCall('exec_command', { cmd: 'echo made > made.txt' }, 'c1')),
        respond(message('Made.')),
      ]);
      await agent.ask('first');
      assert.equal(agent.thread.state.changes.files.length, 1);
      agent.threads.leave(agent.thread.id);
      assert.equal(agent.threads.open(agent.thread.id), agent.thread);
      agent.threads.leave(agent.thread.id);
      await agent.thread.resolveChanges('accept', {});
      const other = agent.anotherHost();
      await until(() => !other.open(agent.thread.id).readOnly);
    });

    it('shows one again that is looked at in the same moment', async () => {
      agent = await startTestThreads({}, [respond(message('One.')), respond(message('Two.'))]);
      await agent.ask('first');
      agent.threads.leave(agent.thread.id);
      const again = agent.threads.open(agent.thread.id);
      assert.equal(again.readOnly, false);
      await asked(again, 'second');
      assert.equal(again.state.turns.length, 2);
    });
  });

  describe('with stored threads', () => {
    it('renames and archives them, open or not', async () => {
      agent = await startTestThreads({}, [respond(message('One.'))]);
      await agent.ask('first');
      const { id } = agent.thread;
      agent.threads.rename(id, 'Better');
      assert.equal(agent.thread.state.title, 'Better');
      await agent.threads.close(id);
      agent.threads.rename(id, 'Best');
      agent.threads.archive(id, true);
      assert.deepEqual(
        agent.threads.list().map(({ title, archived }) => ({ title, archived })),
        [{ title: 'Best', archived: true }],
      );
      assert.equal(agent.threads.open(id).state.archived, true);
      agent.threads.archive(id, false);
      assert.equal(agent.threads.list()[0]?.archived, undefined);
    });

    it('stops a running one before it deletes it', async () => {
      agent = await startTestThreads({}, [
        respond(functionCall('exec_command', { cmd: 'sleep 30', yield_time_ms: 20_000 }, 'c1')),
      ]);
      const turn = agent.ask('first');
      await until(() => agent.events.some(({ type }) => type === 'step.completed'));
      await agent.threads.delete(agent.thread.id);
      await turn.catch(() => undefined);
      assert.deepEqual(agent.threads.list(), []);
      assert.throws(() => agent.threads.open(agent.thread.id), /no such thread/);
    });

    it('keeps all of a deleted one until it cannot be undone any more, or its host ends', async () => {
      agent = await startTestThreads({}, [respond(message('Hello.'))]);
      await agent.ask('first');
      const { id } = agent.thread;
      await agent.threads.deleteSoon(id);
      assert.deepEqual(agent.threads.list(), []);
      assert.deepEqual(await agent.threads.search('hello', agent.workspace.path), []);
      assert.equal(agent.anotherHost().list().length, 1, 'it is stored as it was');
      assert.equal(agent.threads.undoDelete(id), true);
      assert.equal(agent.threads.undoDelete(id), false);
      assert.equal(agent.threads.list().length, 1);
      await agent.threads.deleteSoon(id);
      await agent.threads.dispose();
      assert.deepEqual(agent.anotherHost().list(), []);
    });

    /** A host with a stored thread, whose time for bringing a deleted one back is over when it is told. */
    async function startHostThatDeletes() {
      const over = defer<void>();
      agent = await startTestThreads({}, [respond(message('Hello.'))]);
      await agent.ask('first');
      const { id } = agent.thread;
      await agent.threads.close(id);
      const host = agent.anotherHost({ clock: { ...systemClock, wait: () => over.promise } });
      return { id, host, over };
    }

    it('deletes when the time for bringing one back is over', async () => {
      const { id, host, over } = await startHostThatDeletes();
      await host.deleteSoon(id);
      over.resolve();
      await until(() => agent.anotherHost().list().length === 0);
      assert.equal(host.undoDelete(id), false);
      assert.throws(() => host.open(id), /no such thread/);
    });

    it('says why one could not be deleted in the end, which is in the list again', async () => {
      const { id, host, over } = await startHostThatDeletes();
      const errors: string[] = [];
      host.onDeletionFailed((error) => errors.push(String(error)));
      await host.deleteSoon(id);
      agent.threads.open(id);
      over.resolve();
      await until(() => errors.length > 0);
      assert.match(errors[0]!, /The thread "first" was not deleted\. .*open already/);
      assert.equal(host.list().length, 1);
    });

    it('finds them by what was said in the folder', async () => {
      agent = await startTestThreads({}, [respond(message('The needle is here.'))]);
      await agent.ask('look');
      const hits = await agent.threads.search('needle', agent.workspace.path);
      assert.deepEqual(hits, [{ id: agent.thread.id, excerpt: 'The needle is here.' }]);
      assert.deepEqual(await agent.threads.search('needle', '/elsewhere'), []);
    });
  });
});
