import assert from 'node:assert/strict';
import { viewHtml } from '../../../../src/extension/views/viewHtml';

const html = viewHtml({
  scriptUri: 'https://host/dist/webview/main.js',
  styleUri: 'https://host/dist/webview/main.css',
  cspSource: 'https://host',
  nonce: 'abc',
  language: 'en',
});
const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
const directives = new Map(
  policy.split('; ').map((directive) => {
    const [name = '', ...sources] = directive.split(' ');
    return [name, sources];
  }),
);

describe('the page of the view', () => {
  it('allows nothing that is not named', () => {
    assert.deepEqual(directives.get('default-src'), ["'none'"]);
    assert.deepEqual(directives.get('connect-src'), ["'none'"]);
    assert.deepEqual(directives.get('base-uri'), ["'none'"]);
  });

  it('runs only scripts of ours', () => {
    assert.deepEqual(directives.get('script-src'), ["'nonce-abc'", 'https://host']);
    assert.doesNotMatch(policy, /unsafe|\*/);
  });

  it('takes images from the extension and as data, never from the network', () => {
    assert.deepEqual(directives.get('img-src'), ['https://host', 'data:']);
  });

  it('has one script, a module with the nonce, and nothing inline', () => {
    const scripts = html.match(/<script[^>]*>[^<]*/g) ?? [];
    assert.deepEqual(scripts, [
      '<script type="module" nonce="abc" src="https://host/dist/webview/main.js">',
    ]);
    assert.doesNotMatch(html, /<style|style=|onload|javascript:/);
  });
});
