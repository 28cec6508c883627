import assert from 'node:assert/strict';
import { customCall, message, respond } from '../support/scriptedServer';
import { inScriptedWindow, unasked } from './window';

const line = (call: string) => `exports.slug = (title) => title.trim().toLowerCase().${call};`;

const patch = (from: string, to: string) =>
  `*** Begin Patch\n*** Update File: src/slug.js\n@@\n-${line(from)}\n+${line(to)}\n*** End Patch`;

const calls = {
  first: "replace(' ', '-')",
  second: "split(' ').join('-')",
  last: "replaceAll(' ', '-')",
};

describe('a comment in the window', () => {
  it('is written on a changed line, goes to the agent, and has its answer as a reply', () =>
    inScriptedWindow(
      [
        respond(customCall('apply_patch', patch(calls.first, calls.second), 'c1')),
        respond(message('It replaces every space.')),
        respond(customCall('apply_patch', patch(calls.second, calls.last), 'c2')),
        respond(message('[C1] Right, plainer now.')),
      ],
      { settings: { ...unasked, 'tandem.model': 'gpt-5.5' }, height: 900 },
      async (window, server) => {
        const { page } = window;
        await window.openTandem();
        await window.send('Replace every space.');
        await page.getByRole('button', { name: /Tandem: 1 change/ }).waitFor();
        await window.openFile('src/slug.js');
        await window.lens('Accept').waitFor();
        // The mark in the gutter is where a comment can be written.
        await page.locator('.comment-range-glyph').first().waitFor();
        await page.locator('.comment-range-glyph').first().click();
        const widget = page.locator('.review-widget');
        await widget.locator('.comment-form').waitFor();
        await page.keyboard.type('Why not replaceAll?');
        await window.screenshot('comment-written');
        await widget.getByRole('button', { name: 'Add', exact: true }).waitFor();
        await widget.getByRole('button', { name: 'Send to Tandem' }).click();
        await widget.getByText('plainer now').waitFor();
        await window.screenshot('comment-answered');
        assert.match(
          server.requests[2]!.raw,
          /\[C1\] src\/slug\.js:1, on your edit:[^]*Why not replaceAll\?/,
        );
        await widget.getByText('changed in this turn').waitFor();
      },
    ));
});
