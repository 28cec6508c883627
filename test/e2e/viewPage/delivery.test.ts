import assert from 'node:assert/strict';
import { sampleContext } from '../../support/sampleContext';
import { LiveHost } from './liveHost';
import { pageStates } from './states';
import { useViewPage } from './useViewPage';

const turnId = 'turn-1';

describe('what the host tells a view that is not always there', function () {
  const view = useViewPage();
  let host: LiveHost;
  let told: string;

  async function open(): Promise<void> {
    host = new LiveHost();
    told = '';
    const input = { text: 'Count', attachments: [] };
    host.emit(
      { type: 'thread.started', cwd: '/work' },
      { type: 'turn.started', turnId, input, context: sampleContext('/work') },
      {
        type: 'item.started',
        turnId,
        item: { id: 'm', type: 'agentMessage', status: 'inProgress', phase: 'final', text: '' },
      },
    );
    await view.open(pageStates.empty, { prepare: host.prepare });
  }
  afterEach(() => host.dispose());

  async function stream(from: number, to: number): Promise<void> {
    for (let number = from; number < to; number++) {
      const text = `${number} `;
      told += text;
      host.emit({ type: 'item.delta', turnId, itemId: 'm', delta: { kind: 'text', text } });
      if (number % 20 === 19) await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
  async function assertAllIsThere(): Promise<void> {
    const answer = view.page.getByRole('log').locator('.answer');
    const last = told.trim().split(' ').at(-1)!;
    await answer.getByText(new RegExp(`\\b${last}$`)).waitFor();
    assert.equal((await answer.innerText()).trim(), told.trim());
  }

  it('Q23 loses and doubles nothing of a stream in which the view is loaded anew', async () => {
    await open();
    await stream(0, 200);
    await host.reload();
    await stream(200, 400);
    const reloaded = host.reload();
    await stream(400, 600);
    await reloaded;
    await assertAllIsThere();
  });

  it('Q23 goes on in a new page after one that crashed without a word', async () => {
    await open();
    await stream(0, 200);
    const crashed = view.page;
    await crashed.goto('chrome://crash').catch(() => undefined);
    await stream(200, 400);
    await view.open(pageStates.empty, { prepare: host.prepare });
    await crashed.close();
    await stream(400, 600);
    await assertAllIsThere();
  });

  it('Q23 loses and doubles nothing of a stream that goes on while the view is hidden', async () => {
    await open();
    await stream(0, 200);
    host.hide();
    const { batches } = host.sent;
    await stream(200, 400);
    assert.equal(host.sent.batches, batches);
    await view.page.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`);
    await stream(400, 600);
    await assertAllIsThere();
  });

  it('Q23 sends a slow view few messages, and all of the text', async () => {
    await open();
    host.answerDelayMs = 500;
    const { batches } = host.sent;
    await stream(0, 1000);
    assert.ok(host.sent.batches - batches <= 4, `${host.sent.batches - batches} batches`);
    await assertAllIsThere();
  });

  it('Q23 gives a view that was too slow for what happened the whole thread', async () => {
    await open();
    host.answerDelayMs = 300;
    for (let number = 0; number < 5000; number++) {
      host.emit({ type: 'thread.renamed', title: `Title ${number}` });
      if (number % 1000 === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await view.page.getByRole('heading', { name: 'Title 4999' }).waitFor();
    assert.ok(host.sent.snapshots >= 1);
    await stream(0, 100);
    await assertAllIsThere();
  });
});
