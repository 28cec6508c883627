import assert from 'node:assert/strict';
import type { ThreadEventBody } from '../../../src/protocol/events';
import type { ThreadState } from '../../../src/protocol/threadState';
import { noUsage } from '../../../src/protocol/usage';
import { command, pageStates, said, settings, started, threadOf } from './states';
import { useViewPage } from './useViewPage';

const turnId = 'turn-1';
const beginning = threadOf(...started('Tests', 'Run the tests'));
const approval = (id: string): ThreadEventBody => ({
  type: 'approval.requested',
  turnId,
  approval: {
    id,
    itemId: 'run',
    cwd: '/projects/shop',
    subject: { kind: 'command', command: 'npm test' },
    reasons: ['may do more than read'],
  },
});

const approved = (approvalId: string): ThreadEventBody => ({
  ...{ type: 'approval.resolved', turnId, approvalId, decision: 'approve', by: 'user' },
});

describe('what the view tells those who do not see it', () => {
  const view = useViewPage();
  const spoken = () => view.page.locator('[role=status][aria-live=polite]').last();
  let thread: ThreadState;

  async function open(): Promise<void> {
    thread = beginning;
    await view.open({ settings, thread, threads: [] });
  }
  async function happen(...bodies: readonly ThreadEventBody[]): Promise<void> {
    const { threadId, seq } = thread;
    const events = bodies.map((body, index) => ({
      ...body,
      seq: seq + 1 + index,
      at: 0,
      threadId,
    }));
    thread = { ...thread, seq: seq + bodies.length };
    const params = { threadId, afterSeq: seq, lastSeq: thread.seq, events };
    await view.page.evaluate(`window.tell('thread/events', ${JSON.stringify(params)})`);
  }

  it('speaks preambles, what waits for an answer, and the end of the turn', async () => {
    await open();
    assert.equal(await spoken().innerText(), '');
    await happen(said('m', 'commentary', 'I run the tests first.'));
    await spoken().getByText('I run the tests first.', { exact: true }).waitFor();
    await happen(command('run', 'npm test', { status: 'inProgress' }), approval('one'));
    await spoken().getByText('Approval needed: npm test', { exact: true }).waitFor();
    await happen({ type: 'turn.completed', turnId, usage: noUsage });
    await spoken()
      .getByText(/^Turn finished/)
      .waitFor();
  });

  it('speaks again what is asked a second time in the same words', async () => {
    await open();
    await happen(approval('one'));
    await spoken().getByText('Approval needed: npm test').waitFor();
    await view.page.evaluate(`window.first = document.querySelector('[aria-live=polite] span')`);
    await happen(approved('one'), approval('two'));
    await view.until(`!window.first.isConnected`);
    assert.equal(await spoken().innerText(), 'Approval needed: npm test');
  });

  it('says nothing of what was there before it was opened', async () => {
    await view.open(pageStates.asking);
    await view.page.waitForTimeout(1500);
    assert.equal(await spoken().innerText(), '');
  });

  it('gives the focus to the message box when what had it is answered', async () => {
    await open();
    const message = view.page.getByRole('textbox', { name: 'Message Tandem' });
    await happen(command('run', 'npm test', { status: 'inProgress' }), approval('one'));
    await view.page.waitForTimeout(600);
    await view.button('Approve').press('Enter');
    assert.equal((await view.asked()).at(-1)?.name, 'approval/resolve');
    await happen(approved('one'));
    await view.button('Approve').waitFor({ state: 'detached' });
    assert.equal(await message.evaluate('document.activeElement.tagName'), 'TEXTAREA');

    // What did not have the focus leaves it where it is.
    await happen(approval('two'));
    await view.button('Thread history').focus();
    await happen(approved('two'));
    await view.button('Approve').waitFor({ state: 'detached' });
    assert.equal(
      await view.button('Thread history').evaluate((button) => button.matches(':focus')),
      true,
    );
  });

  it('moves nothing for those who want no motion', async () => {
    const moving = `document.getAnimations().filter(({ playState }) => playState === 'running').length`;
    await view.open(pageStates.running);
    assert.ok((await view.page.evaluate<number>(moving)) > 0, 'something moves otherwise');
    await view.page.emulateMedia({ reducedMotion: 'reduce' });
    await view.until(`${moving} === 0`);
    await view.page.evaluate(`document.querySelector('[role=log]').scrollTo({ top: 0 })`);
    assert.equal(
      await view.page.evaluate(
        `getComputedStyle(document.querySelector('[role=log]')).scrollBehavior`,
      ),
      'auto',
    );
  });
});
