import assert from 'node:assert/strict';
import { compactedStates, summary } from './compactedStates';
import { pageStates } from './states';
import { useViewPage } from './useViewPage';

describe('a summarised thread in the view', function () {
  const view = useViewPage();

  const button = (name: string) => view.button(name);
  const message = () => view.page.getByRole('textbox', { name: 'Message Tandem' });
  const asked = () => view.asked();

  it('shows one line that opens to the summary', async () => {
    await view.open(compactedStates.compacted);
    const line = button('Summarised earlier history (182k → 21k tokens)');
    assert.equal(await view.page.getByText('new grammar; no change').count(), 0);
    await line.click();
    await view.page.getByText('Upgrade the parser to the new grammar').waitFor();
  });

  it('lets the person correct the summary', async () => {
    await view.open(compactedStates.compacted);
    await button('Summarised earlier history (182k → 21k tokens)').click();
    await button('Edit summary').click();
    const editor = view.page.getByRole('textbox', { name: 'Summary of earlier history' });
    assert.equal(await editor.inputValue(), summary);
    await editor.fill('Use tabs.');
    await button('Save').click();
    assert.deepEqual(await asked(), [
      { name: 'summary/edit', params: { itemId: 'compaction-1', summary: 'Use tabs.' } },
    ]);
  });

  it('takes /compact for a command and sends it as no message', async () => {
    await view.open(pageStates.finished);
    await message().fill('/compact');
    await message().press('Enter');
    assert.deepEqual(await asked(), [{ name: 'thread/compact', params: {} }]);
    assert.equal(await message().inputValue(), '');
  });

  it('can be stopped while the summary is written', async () => {
    await view.open(compactedStates.compacting);
    await view.page.getByText('Summarising earlier history').waitFor();
    await button('Stop').click();
    assert.deepEqual(await asked(), [{ name: 'turn/interrupt', params: {} }]);
  });

  it('says what a turn used and cost, and that a limit ended it', async () => {
    await view.open(compactedStates.limited);
    await view.page.getByText('184,500 tokens, 93% cached · $0.21').waitFor();
    await view.page.getByText('Stopped at your limit.').waitFor();
    await view.page.getByText('limit of 180,000 tokens').waitFor();
  });
});
