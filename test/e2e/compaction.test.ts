import assert from 'node:assert/strict';
import { message, respond } from '../support/scriptedServer';
import { inScriptedWindow, unasked } from './window';

const script = [
  respond(message('The project makes slugs.')),
  respond(message('It is about slugs.')),
  respond(message('Fewer dashes it is.')),
];

describe('/compact', () => {
  it('puts a summary in the place of the history, which opens and can be corrected', () =>
    inScriptedWindow(script, { settings: unasked }, async (window, server) => {
      await window.openTandem();
      await window.send('What is this?');
      await window.transcript.getByText('The project makes slugs.').waitFor();
      await window.waitForEnd();

      await window.composer.fill('/compact');
      await window.button('Send').click();
      await window.transcript.getByText(/^Summarised earlier history/).click();
      await window.transcript.getByText('It is about slugs.').waitFor();
      await window.screenshot('summary');
      await window.button('Edit summary').click();
      const summary = window.view.getByRole('textbox', { name: 'Summary of earlier history' });
      await summary.fill('It is about slugs with few dashes.');
      await window.button('Save').click();
      await window.transcript.getByText('It is about slugs with few dashes.').waitFor();

      await window.send('Go on');
      await window.transcript.getByText('Fewer dashes it is.').waitFor();
      await window.waitForEnd();
      await window.screenshot('summary-corrected');
      const { raw } = server.requests[2]!;
      assert.match(raw, /It is about slugs with few dashes\./);
      assert.doesNotMatch(raw, /The project makes slugs/);
    }));
});
