import assert from 'node:assert/strict';
import type { ThreadEventBody } from '../../../src/protocol/events';
import type { WaitingInput } from '../../../src/protocol/input';
import { sampleContext } from '../../support/sampleContext';
import { pageStates, type PageState } from './states';
import { useViewPage } from './useViewPage';

describe('talking to the agent in the view', function () {
  const view = useViewPage();
  let shown: PageState;

  async function open(state: PageState): Promise<void> {
    shown = state;
    await view.open(state);
  }

  const button = (name: string) => view.button(name);
  const message = () => view.page.getByRole('textbox', { name: 'Message Tandem' });
  const queue = () => view.page.getByRole('region', { name: 'Queued messages' });

  async function happen(...bodies: readonly ThreadEventBody[]): Promise<void> {
    const { threadId, seq: afterSeq } = shown.thread!;
    const events = bodies.map((body, index) => ({
      ...body,
      seq: afterSeq + 1 + index,
      at: 0,
      threadId,
    }));
    const params = { threadId, afterSeq, lastSeq: afterSeq + events.length, events };
    await view.page.evaluate(`window.tell('thread/events', ${JSON.stringify(params)})`);
  }
  const waits = (...inputs: readonly WaitingInput[]) => happen({ type: 'input.waiting', inputs });

  it('steers with Enter and queues with its button or Alt+Enter', async () => {
    await open(pageStates.running);
    await message().fill('now');
    await message().press('Enter');
    assert.equal((await view.lastAsked()).name, 'turn/steer');
    await message().fill('later');
    await button('Queue').click();
    const input = { text: 'later', attachments: [] };
    assert.deepEqual(await view.lastAsked(), { name: 'turn/queue', params: { input } });
    await message().fill('even later');
    await message().press('Alt+Enter');
    assert.equal((await view.lastAsked()).name, 'turn/queue');
    assert.equal(await message().inputValue(), '');
  });

  it('stops with Escape wherever the focus is, but where Escape is for something nearer', async () => {
    await open(pageStates.running);
    const stops = async () => (await view.askedFor('turn/interrupt')).length;
    await button('Thread history').click();
    await view.page.keyboard.press('Escape');
    await view.page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.equal(await stops(), 0);
    await view.page.getByRole('log').focus();
    await view.page.keyboard.press('Escape');
    assert.equal(await stops(), 1);
    await view.page.evaluate('document.activeElement.blur()');
    await view.page.keyboard.press('Escape');
    assert.equal(await stops(), 2);
    await message().press('Escape');
    assert.equal(await stops(), 3);
  });

  it('goes on by keyboard after a suggestion', async () => {
    await open(pageStates.empty);
    await view.page.locator('.suggestion').first().click();
    assert.equal((await view.lastAsked()).name, 'turn/start');
    assert.equal(await message().evaluate((box) => box.matches(':focus')), true);
  });

  it('edits and removes what waits, and sends nothing while a turn runs', async () => {
    await open(pageStates.queued);
    await queue().getByText('Keep the old behaviour').waitFor();
    assert.equal(await button('Send message 2 now').count(), 0);
    await button('Edit message 2').click();
    await queue().getByRole('textbox', { name: 'Message 2' }).fill('Then the docs');
    await view.page.keyboard.press('Enter');
    assert.deepEqual(await view.lastAsked(), {
      name: 'waiting/edit',
      params: { id: 'w2', text: 'Then the docs' },
    });
    await button('Remove message 1').click();
    assert.deepEqual(await view.lastAsked(), { name: 'waiting/remove', params: { id: 'w1' } });
  });

  it('keeps the words of a message that the agent takes while it is edited', async () => {
    await open(pageStates.queued);
    await button('Edit message 1').click();
    await queue().getByRole('textbox', { name: 'Message 1' }).fill('Keep tabs, and spaces');
    await waits();
    await queue().waitFor({ state: 'detached' });
    assert.equal(await message().inputValue(), 'Keep tabs, and spaces');
    await view.page.getByText('your words are kept below').waitFor();
  });

  it('says why messages wait after a stop, and sends one when told to', async () => {
    await open(pageStates.stopped);
    await queue().getByText('the turn ended early').waitFor();
    await button('Send message 1 now').click();
    assert.deepEqual(await view.lastAsked(), { name: 'waiting/send', params: { id: 'w1' } });
  });

  it('asks without taking the focus, and answers with an option and own words by keyboard', async () => {
    await open(pageStates.queued);
    await message().focus();
    const { thread } = pageStates.questions;
    const item = thread.turns[0]!.entries.findLast((entry) => entry.type === 'question')!;
    await happen({ type: 'item.started', turnId: 'turn-1', item });
    const group = view.page.getByRole('group', { name: 'Question', exact: true });
    await group.waitFor();
    assert.equal(await message().evaluate('document.activeElement.ariaLabel'), 'Message Tandem');
    await group.getByRole('radio', { name: /Redis/ }).focus();
    await view.page.keyboard.press('ArrowDown');
    await group.getByRole('textbox', { name: /How long/ }).fill('ten seconds');
    await view.page.keyboard.press('Enter');
    assert.deepEqual(await view.lastAsked(), {
      name: 'question/answer',
      params: {
        itemId: 'question-1',
        answers: { store: 'In memory', life: 'ten seconds' },
      },
    });
  });

  it('keeps the answer back until each question has one', async () => {
    await open(pageStates.questions);
    const group = view.page.getByRole('group', { name: 'Question', exact: true });
    await group.getByRole('radio', { name: /Redis/ }).check();
    assert.equal(await button('Answer').getAttribute('disabled'), '');
    await group.getByRole('radio', { name: /An hour/ }).check();
    await button('Answer').click();
    assert.equal((await view.lastAsked()).name, 'question/answer');
  });

  it('approves a plan as the person edited it', async () => {
    await open(pageStates.planned);
    await button('Edit plan').click();
    await view.page.getByRole('textbox', { name: 'Plan text' }).fill('1. Only the cache');
    await button('Approve plan').click();
    assert.deepEqual(await view.lastAsked(), {
      name: 'plan/resolve',
      params: { itemId: 'plan-1', decision: { kind: 'approved', text: '1. Only the cache' } },
    });
    const input = { text: 'Carry out this plan', attachments: [] };
    await happen(
      {
        type: 'plan.resolved',
        turnId: 'turn-1',
        itemId: 'plan-1',
        resolution: 'approved',
        text: '1. Only the cache',
      },
      // Until its turn has begun the plan could be approved again: the host may end in between.
      { type: 'turn.started', turnId: 'turn-2', input, context: sampleContext('/w') },
    );
    await view.page.getByRole('group', { name: 'Proposed plan' }).getByText('approved').waitFor();
    assert.equal(await button('Approve plan').count(), 0);
  });

  it('sends a plan back with remarks', async () => {
    await open(pageStates.planned);
    await button('Send back').click();
    await view.page.getByRole('textbox', { name: 'Remarks on the plan' }).fill('Smaller, please');
    await button('Send back').click();
    assert.deepEqual(await view.lastAsked(), {
      name: 'plan/resolve',
      params: { itemId: 'plan-1', decision: { kind: 'sentBack', remarks: 'Smaller, please' } },
    });
  });
});
