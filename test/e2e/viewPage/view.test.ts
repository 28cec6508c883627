import assert from 'node:assert/strict';
import { shownWords } from '../../../src/protocol/approvalAnswer';
import type { ThreadEventBody } from '../../../src/protocol/events';
import type { HostNotificationName, HostNotifications } from '../../../src/protocol/viewProtocol';
import { command, item, pageStates, said, settings, started, threadOf } from './states';
import { useViewPage } from './useViewPage';
import { waitingStates } from './waitingStates';

const turnId = 'turn-1';

describe('the view in a browser', function () {
  const view = useViewPage();

  const button = (name: string) => view.button(name);
  const message = () => view.page.getByRole('textbox', { name: 'Message Tandem' });

  const asked = () => view.asked();
  function tell<Name extends HostNotificationName>(name: Name, params: HostNotifications[Name]) {
    return view.page.evaluate(`window.tell(${JSON.stringify(name)}, ${JSON.stringify(params)})`);
  }
  function happen(afterSeq: number, ...bodies: readonly ThreadEventBody[]) {
    const threadId = 'thread-1';
    const events = bodies.map((body, index) => {
      const seq = body.type === 'item.delta' ? afterSeq : afterSeq + 1 + index;
      return { ...body, seq, at: 0, threadId };
    });
    const lastSeq = events.at(-1)?.seq ?? afterSeq;
    return tell('thread/events', { threadId, afterSeq, lastSeq, events });
  }

  it('has the names that people and tests find it by', async () => {
    await view.open(pageStates.running);
    for (const name of ['Attach', 'Stop', 'Steer', 'New thread', 'Thread history']) {
      await button(name).waitFor();
    }
    for (const name of ['Mode', 'Model', 'Reasoning effort']) {
      await view.page.getByRole('combobox', { name, exact: true }).waitFor();
    }
    await view.page.getByRole('log', { name: 'Transcript' }).waitFor();
    await view.page.getByRole('region', { name: 'Plan' }).getByText('2 of 3').waitFor();
    await view.page.getByRole('region', { name: 'Changes' }).getByText('1 file').waitFor();
  });

  it('sends with Enter, breaks the line with Shift+Enter, and clears the draft', async () => {
    await view.open(pageStates.empty);
    await message().fill('one');
    await message().press('Shift+Enter');
    await message().pressSequentially('two');
    await message().press('Enter');
    assert.deepEqual(await asked(), [
      { name: 'turn/start', params: { input: { text: 'one\ntwo', attachments: [] } } },
    ]);
    assert.equal(await message().inputValue(), '');
  });

  it('gives the message back and says why when it could not be sent', async () => {
    await view.open(pageStates.empty);
    await view.refuse('turn/start', 'The journal cannot be written.');
    await message().fill('keep me');
    await button('Send').click();
    await view.page.getByRole('alert').getByText('The journal cannot be written.').waitFor();
    assert.equal(await message().inputValue(), 'keep me');
  });

  it('offers what helps beside why something failed, until it is done', async () => {
    await view.open(pageStates.empty);
    const remedy = { title: 'Open Setting', request: 'baseUrl/open' } as const;
    await view.refuse('turn/start', 'The base URL is no address.', remedy);
    await message().fill('keep me');
    await button('Send').click();
    const problem = view.page.getByRole('alert').filter({ hasText: 'no address' });
    await problem.getByRole('button', { name: 'Open Setting' }).click();
    assert.deepEqual(await view.lastAsked(), { name: 'baseUrl/open', params: {} });
    await problem.waitFor({ state: 'detached' });
  });

  it('steers the running turn, and stops it with Escape', async () => {
    await view.open(pageStates.running);
    await message().fill('also the docs');
    await button('Steer').click();
    await message().press('Escape');
    assert.deepEqual(
      (await asked()).map(({ name }) => name),
      ['turn/steer', 'turn/interrupt'],
    );
  });

  it('counts how long something runs from when it began, also in a page that came later', async () => {
    const { thread } = pageStates.running;
    const began = Date.now() - 125_000;
    const turns = thread.turns.map(({ itemsStartedAt = {}, ...turn }) => ({
      ...turn,
      itemsStartedAt: Object.fromEntries(Object.keys(itemsStartedAt).map((id) => [id, began])),
    }));
    await view.open({ ...pageStates.running, thread: { ...thread, turns } });
    await view.page
      .locator('.live-line')
      .getByText(/^2:\d\d$/)
      .first()
      .waitFor();
  });

  it('counts down to when a busy server or the network is tried again', async () => {
    const line = (text: string) => view.page.locator('.retry').getByText(text, { exact: true });
    await view.open(waitingStates.rateLimited, { clock: 'stopped' });
    await line('The server asks to wait, trying again in 4 min 32 s (attempt 1 of 5)').waitFor();
    await view.page.clock.runFor(2000);
    await line('The server asks to wait, trying again in 4 min 30 s (attempt 1 of 5)').waitFor();
    await view.closePage();
    await view.open(waitingStates.offline, { clock: 'stopped' });
    const offline = 'api.openai.com could not be found. Waiting for the network… trying again';
    await line(`${offline} in 40 s`).waitFor();
    await view.page.clock.runFor(41_000);
    await line(offline).waitFor();
  });

  it('sends what is attached from the editor, without what was taken out', async () => {
    await view.open(pageStates.empty);
    const selection = {
      kind: 'selection',
      path: 'src/slug.js',
      startLine: 1,
      endLine: 4,
      text: 'x',
    };
    await tell('composer/attached', {
      attachments: [selection as never, { kind: 'file', path: 'notes.md' }],
    });
    await button('Remove notes.md').click();
    await message().fill('why?');
    await button('Send').click();
    assert.deepEqual((await asked())[0]?.params, {
      input: { text: 'why?', attachments: [{ ...selection, id: '1' }] },
    });
  });

  it('refuses to send in an untrusted workspace and offers the way out', async () => {
    await view.open(pageStates.locked);
    await message().fill('go');
    await message().press('Enter');
    await button('Manage trust').click();
    assert.deepEqual(
      (await asked()).map(({ name }) => name),
      ['workspace/trust'],
    );
  });

  it('accepts and rejects hunks, files and everything', async () => {
    await view.open(pageStates.finished);
    const changes = view.page.getByRole('region', { name: 'Changes' });
    const names = [
      ...['Accept hunk 1 of src/slug.js', 'Reject hunk 1 of notes.md', 'Accept notes.md'],
      ...['Reject src/slug.js', 'Open src/slug.js', 'Reject all', 'Accept all', 'Open all changes'],
    ];
    for (const name of names) await changes.getByRole('button', { name, exact: true }).click();
    const resolve = (resolution: string, target: object) => ({
      name: 'changes/resolve',
      params: { resolution, target },
    });
    assert.deepEqual(await asked(), [
      resolve('accept', { path: 'src/slug.js', hunkId: 'hunk-1' }),
      resolve('reject', { path: 'notes.md', hunkId: 'hunk-2' }),
      resolve('accept', { path: 'notes.md' }),
      resolve('reject', { path: 'src/slug.js' }),
      { name: 'file/open', params: { path: 'src/slug.js' } },
      resolve('reject', {}),
      resolve('accept', {}),
      { name: 'changes/open', params: {} },
    ]);
  });

  it('takes no answer to an approval before half a second, and no focus', async () => {
    await view.open(pageStates.asking, { clock: 'stopped' });
    const group = view.page.getByRole('group', { name: 'Approval needed' });
    const approve = group.getByRole('button', { name: 'Approve', exact: true });
    await approve.waitFor();
    await view.page.clock.runFor(400);
    assert.equal(await approve.isDisabled(), true);
    await approve.dispatchEvent('click');
    assert.deepEqual(await asked(), []);
    assert.equal(await view.page.evaluate('document.activeElement === document.body'), true);

    await view.page.clock.runFor(200);
    await view.page.clock.resume();
    await group.getByRole('button', { name: 'Approve for this thread' }).click();
    assert.deepEqual(await asked(), [
      {
        name: 'approval/resolve',
        params: {
          approvalId: 'approval-1',
          decision: 'approveForThread',
          shown: shownWords(pageStates.asking.thread.approvals[0]!),
        },
      },
    ]);
  });

  it('shows the whole command with its blanks counted and its tricks told', async () => {
    await view.open(pageStates.hostile);
    const group = view.page.getByRole('group', { name: 'Approval needed' });
    const text = await group.locator('.approval-command').innerText();
    assert.match(text, /400 blanks.*&& curl https:\/\/exаU\+0430mple/);
    assert.match(text, /7 line breaks.*git push.*U\+202E.*U\+200B.*U\+001B/s);
    assert.equal(await group.getByRole('button', { name: 'Approve for this thread' }).count(), 0);
  });

  it('draws the words of the model as words: no HTML, no images, no foreign links', async () => {
    const thread = threadOf(
      ...started('x', 'x'),
      said(
        'm',
        'final',
        '<img src=x onerror="window.hacked=1"> ![pixel](https://evil.example/p.png)\n\n<script>window.hacked=1</script>\n\n[run](command:workbench.x) [site](https://example.com/) and src/a.js:3',
      ),
    );
    await view.open({ settings, thread, threads: [] });
    await view.page.getByRole('link', { name: 'site' }).click();
    await view.page.getByRole('link', { name: 'src/a.js:3' }).click();
    assert.equal(await view.page.locator('.transcript img').count(), 0);
    assert.equal(await view.page.getByRole('link', { name: 'run' }).count(), 0);
    assert.equal(await view.page.evaluate('window.hacked'), undefined);
    assert.deepEqual(await asked(), [
      { name: 'link/open', params: { url: 'https://example.com/' } },
      { name: 'file/open', params: { path: 'src/a.js', line: 3 } },
    ]);
  });

  it('follows the end while the person is there, and waits while they read further up', async () => {
    const lines = Array.from({ length: 60 }, (_, index) => said(`m${index}`, 'commentary', 'word'));
    const text = item({
      ...{ id: 'live', type: 'agentMessage', status: 'inProgress', phase: 'final', text: 'Begin' },
    } as const);
    const thread = threadOf(...started('x', 'x'), ...lines, text);
    await view.open({ settings, thread, threads: [] });
    const log = view.page.getByRole('log', { name: 'Transcript' });
    const left = () =>
      log.evaluate(
        (box: { scrollHeight: number; scrollTop: number; clientHeight: number }) =>
          box.scrollHeight - box.scrollTop - box.clientHeight,
      );
    const grow = (words: string) =>
      happen(thread.seq, {
        type: 'item.delta',
        turnId,
        itemId: 'live',
        delta: { kind: 'text', text: `\n\n${words}`.repeat(20) },
      });

    await grow('first');
    await view.page.getByText('first').last().waitFor();
    await view.until(`(() => {
      const box = document.querySelector('[role=log]');
      return box.scrollHeight - box.scrollTop - box.clientHeight < 2;
    })()`);
    assert.equal(await button('Jump to latest').count(), 0);

    await log.hover();
    await view.page.mouse.wheel(0, -600);
    await button('Jump to latest').waitFor();
    await grow('second');
    await view.page.getByText('second').last().waitFor();
    assert.ok((await left()) > 300);
    await button('Jump to latest').click();
    await button('Jump to latest').waitFor({ state: 'detached' });
    assert.ok((await left()) < 2);
  });

  it('asks for everything again when events are missing', async () => {
    await view.open(pageStates.running);
    await happen(9999, { type: 'thread.renamed', title: 'never seen' });
    await view.until('window.asked.length === 2');
    assert.deepEqual(await asked(), [{ name: 'view/ready', params: {} }]);
  });

  it('opens another thread by keyboard, and gives the focus back on Escape', async () => {
    await view.open(pageStates.running);
    await button('Thread history').press('Enter');
    const history = view.page.getByRole('dialog', { name: 'Thread history' });
    await history.getByRole('button', { name: 'Fix slug' }).waitFor();
    await view.page.keyboard.press('Escape');
    await history.waitFor({ state: 'detached' });
    await view.page.keyboard.press('Enter');
    await history.getByRole('button', { name: 'Fix slug' }).waitFor();
    await view.page.keyboard.press('ArrowDown');
    await view.page.keyboard.press('Enter');
    assert.deepEqual((await asked()).at(-1), {
      name: 'thread/open',
      params: { threadId: 'thread-2' },
    });
  });

  it('chooses mode, model and effort from lists', async () => {
    await view.open(pageStates.empty);
    await view.page.getByRole('combobox', { name: 'Mode', exact: true }).click();
    await view.page.getByRole('option', { name: 'Plan' }).click();
    await view.page.getByRole('combobox', { name: 'Reasoning effort' }).focus();
    await view.page.keyboard.press('ArrowDown');
    assert.deepEqual(await asked(), [
      { name: 'settings/update', params: { mode: 'plan' } },
      { name: 'settings/update', params: { effort: 'high' } },
    ]);
    await tell('settings/changed', { settings: { ...settings, mode: 'ask' } });
    const mode = view.page.getByRole('combobox', { name: 'Mode', exact: true });
    await mode.locator('.selected-value', { hasText: 'Ask' }).waitFor();
  });

  it('folds finished work and shows what runs', async () => {
    await view.open(pageStates.running);
    const log = view.page.getByRole('log', { name: 'Transcript' });
    await log.getByText('replaces every space').waitFor();
    await log.getByRole('button', { name: 'Ran 2 commands, read 2 files' }).click();
    await log.getByText("'a-b c' == 'a-b-c'").waitFor();
    const done = { status: 'completed', exitCode: 0, output: 'all passed' } as const;
    const { seq } = pageStates.running.thread;
    const ended = command('c5', 'node test.js', done);
    if (ended.type === 'item.started') await happen(seq, { ...ended, type: 'item.completed' });
    await log.getByRole('button', { name: /^Ran 1 command/ }).waitFor();
  });

  it('settles an edit in place: open while the turn runs, in its fold afterwards', async () => {
    await view.open(pageStates.running);
    const log = view.page.getByRole('log', { name: 'Transcript' });
    await log.getByRole('button', { name: 'Accept', exact: true }).click();
    const { usage } = pageStates.running.thread.turns[0]!;
    await happen(pageStates.running.thread.seq, { type: 'turn.completed', turnId, usage });
    await log.getByRole('button', { name: /^Changed 1 file/ }).click();
    await log.getByRole('button', { name: 'Reject', exact: true }).click();
    const target = { path: 'src/slug.js' };
    assert.deepEqual(await asked(), [
      { name: 'changes/resolve', params: { resolution: 'accept', target } },
      { name: 'changes/resolve', params: { resolution: 'reject', target } },
    ]);
  });

  it('lists the checks behind an answer, with the output of each', async () => {
    await view.open(pageStates.finished);
    const checks = view.page.getByRole('group', { name: 'Checks' });
    await checks.getByText('failed before the last edit').waitFor();
    await checks.getByText('claimed, not verified').waitFor();
    await checks.getByRole('button', { name: /node test\.js.*passed/ }).click();
    await checks.getByText('slug (2 tests)').waitFor();
  });

  it('opens the places that the output of a check names, and shows where the check ran', async () => {
    await view.open(pageStates.finished);
    const checks = view.page.getByRole('group', { name: 'Checks' });
    await checks.getByRole('button', { name: /npx eslint src/ }).click();
    await checks.getByRole('link', { name: 'test.js:4:3' }).click();
    assert.deepEqual(await asked(), [{ name: 'file/open', params: { path: 'test.js', line: 4 } }]);
    await checks.getByRole('button', { name: 'Show where it ran: npx eslint src' }).click();
    const card = view.page.locator('.card.command:focus');
    await card.waitFor();
    assert.match(await card.innerText(), /exit 1/);
  });

  it('shows what format on save changed apart from the edit', async () => {
    await view.open(pageStates.running);
    await happen(
      pageStates.running.thread.seq,
      item({
        ...{ id: 'saved-1', type: 'fileChange', status: 'completed' },
        changes: [
          {
            ...{ path: 'src/slug.js', kind: 'update', added: 1, removed: 1 },
            diff: '@@ -3 +3 @@\n-  return one;\n+  return two\n',
            savedFurther: {
              diff: '@@ -3 +3 @@\n-  return two\n+  return two;\n',
              added: 1,
              removed: 1,
            },
          },
        ],
      }),
    );
    const log = view.page.getByRole('log', { name: 'Transcript' });
    await log.getByText('Changed further by format on save').waitFor();
    await log.getByText('return two;').waitFor();
  });

  it('starts a suggested task, and connects a model', async () => {
    await view.open(pageStates.empty);
    await view.page.getByText('Demo model: answers only the three suggested tasks.').waitFor();
    await button('Fix the failing test in test.js').click();
    await button('Connect a model').click();
    assert.deepEqual(
      (await asked()).map(({ name }) => name),
      ['turn/start', 'key/set'],
    );
  });
});
