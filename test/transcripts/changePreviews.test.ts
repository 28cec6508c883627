import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { customCall, functionCall, message, respond } from '../support/scriptedServer';
import { startTestThreads, type TestThreads } from '../support/testThreads';

const patch = (body: string, id: string) =>
  respond(customCall('apply_patch', `*** Begin Patch\n${body}\n*** End Patch`, id));
const shell = (cmd: string, id: string) => respond(functionCall('exec_command', { cmd }, id));
const done = respond(message('Done.'));

describe('what a person reads of the changes', () => {
  let agent: TestThreads;
  afterEach(() => agent.dispose());

  const words = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];
  const lines = (...texts: readonly string[]) => texts.map((text) => `${text}\n`).join('');
  const files = () => agent.thread.state.changes.files;
  const read = (path: string) => readFileSync(join(agent.workspace.path, path), 'utf8');
  const hunkIds = (path: string) =>
    files()
      .find((file) => file.path === path)
      ?.hunks.map(({ id }) => id) ?? [];

  /** Turn 1 patches line 2 in its second step; turn 2 changes line 8 by a command, then makes a file. */
  async function twoTurns(...more: ReturnType<typeof respond>[]): Promise<void> {
    agent = await startTestThreads({ 'a.txt': lines(...words) }, [
      shell('cat a.txt', 'c0'),
      patch('*** Update File: a.txt\n@@\n-two\n+TWO', 'c1'),
      done,
      shell("sed -i 's/eight/EIGHT/' a.txt", 'c2'),
      shell('echo new > new.txt', 'c3'),
      done,
      ...more,
    ]);
    await agent.ask('first');
    await agent.ask('second');
  }

  it('is the step that made each change, hunk by hunk', async () => {
    await twoTurns();
    const [changed, added] = files();
    assert.deepEqual(
      changed?.origins.map(({ step, label }) => [step, label]),
      [
        [2, 'patch'],
        [1, "sed -i 's/eight/EIGHT/' a.txt"],
      ],
    );
    assert.deepEqual(
      added?.origins.map(({ step }) => step),
      [2],
    );
    const origins = await agent.thread.previews.origins();
    const [first, second] = changed?.origins ?? [];
    assert.deepEqual(Object.keys(origins), ['a.txt']);
    assert.deepEqual(
      hunkIds('a.txt').map((id) => origins['a.txt']?.[id]),
      [[first?.itemId], [second?.itemId]],
    );
  });

  it('is a hunk with the lines around it', async () => {
    await twoTurns();
    const [id = ''] = hunkIds('a.txt');
    assert.deepEqual(await agent.thread.previews.hunk('a.txt', id, false), {
      ...{ before: ['one\n'], removed: ['two\n'], added: ['TWO\n'] },
      after: ['three\n', 'four\n', 'five\n'],
    });
    assert.equal(await agent.thread.previews.hunk('a.txt', 'gone', false), undefined);
    assert.equal(await agent.thread.previews.hunk('b.txt', id, false), undefined);
  });

  it('can be rejected for a whole turn at once, which the model hears of', async () => {
    await twoTurns(done);
    const [, second = ''] = hunkIds('a.txt');
    const parts = [{ path: 'a.txt', hunkIds: [second] }, { path: 'new.txt' }];
    await agent.thread.resolveChanges('reject', { parts });
    assert.equal(read('a.txt'), lines('one', 'TWO', ...words.slice(2)));
    assert.deepEqual(
      files().map(({ path }) => path),
      ['a.txt'],
    );
    await agent.ask('on');
    const request = JSON.stringify(agent.server.requests.at(-1)?.body.input);
    const told = /<review>.*?<\/review>/.exec(request)?.[0] ?? '';
    assert.match(told, /a\.txt, line 8:\\n-eight\\n\+EIGHT\\nnew\.txt, line 1:\\n\+new/);
    assert.doesNotMatch(told, /TWO/);
    assert.deepEqual(agent.server.violations, []);
  });
});
