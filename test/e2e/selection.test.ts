import assert from 'node:assert/strict';
import { delivered, message, respond, startScriptedServer } from '../support/scriptedServer';
import { inWindow } from './window';

describe('a question about selected code', () => {
  it('is asked from the context menu and answered in the panel with the selection attached', async () => {
    const answer = 'It makes a URL part of a title, but it replaces only the first space.';
    const model = await startScriptedServer(() =>
      delivered(respond(message(answer)), { pauseMs: 5 }),
    );
    try {
      await inWindow({ baseUrl: model.baseUrl }, async (window) => {
        await window.openFile('src/slug.js');
        await window.page.keyboard.press('Home');
        await window.page.keyboard.press('Shift+End');
        const selected = window.editor.getByText('exports').first();
        await window.takeFromMenu(selected, 'Ask Tandem About Selection');
        const question = window.page.locator('.quick-input-widget').getByRole('textbox');
        await question.fill('What does this do?');
        await question.press('Enter');
        await window.transcript.getByText(answer).waitFor();
        await window.transcript.getByText('slug.js').first().waitFor();
        await window.waitForEnd();
        await window.screenshot('selection');
      });
      const asked = model.requests.find(({ raw }) => raw.includes('What does this do?'));
      assert.match(asked?.raw ?? '', /src\/slug\.js, lines 1 to 1/);
      assert.match(asked?.raw ?? '', /toLowerCase\(\)\.replace\(' ', '-'\)/);
      assert.deepEqual(model.violations, []);
    } finally {
      await model.close();
    }
  });
});
