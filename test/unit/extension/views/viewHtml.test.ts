import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resourceFolders, viewHtml } from '../../../../src/extension/views/viewHtml';

const html = viewHtml({
  scriptUri: 'https://host/dist/webview/main.js',
  styleUri: 'https://host/dist/webview/main.css',
  cspSource: 'https://host',
  nonce: 'abc',
  language: 'en',
  translations: { 'Say "<b>" & go': "Sag '\"><script>alert(1)</script>'" },
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

  it('F03 has this policy and no other', () => {
    assert.deepEqual(Object.fromEntries(directives), {
      'default-src': ["'none'"],
      'script-src': ["'nonce-abc'", 'https://host'],
      'style-src': ['https://host'],
      'img-src': ['https://host', 'data:'],
      'font-src': ['https://host'],
      'connect-src': ["'none'"],
      'form-action': ["'none'"],
      'base-uri': ["'none'"],
    });
  });

  it('F03 states its policy once, before anything that it governs', () => {
    assert.equal(html.match(/Content-Security-Policy/g)?.length, 1);
    const place = html.indexOf('Content-Security-Policy');
    for (const tag of ['<link', '<script', '<style', '<img']) {
      const first = html.indexOf(tag);
      assert.ok(first < 0 || first > place, tag);
    }
  });

  it('F03 has no elements but these, and no attribute that runs or loads something else', () => {
    const elements = [...html.matchAll(/<([a-z]+)(\s[^>]*)?>/g)].map(([, name, attributes]) => [
      name,
      [...(attributes ?? '').replace(/"[^"]*"/g, '').matchAll(/([\w-]+)=/g)].map(
        ([, each]) => each,
      ),
    ]);
    assert.deepEqual(elements, [
      ['html', ['lang']],
      ['head', []],
      ['meta', ['charset']],
      ['meta', ['http-equiv', 'content']],
      ['meta', ['name', 'content']],
      ['link', ['rel', 'href']],
      ['title', []],
      ['body', []],
      ['div', ['id', 'data-translations']],
      ['script', ['type', 'nonce', 'src']],
    ]);
  });

  it('F03 brings the texts of its language as data that cannot leave its attribute', () => {
    const [, data = ''] = /data-translations="([^"]*)"><\/div>/.exec(html) ?? [];
    const text = data.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&');
    assert.deepEqual(JSON.parse(text), {
      'Say "<b>" & go': "Sag '\"><script>alert(1)</script>'",
    });
  });

  it('F03 has another nonce with each load, of 128 random bits', () => {
    const source = readFileSync('src/extension/views/threadPage.ts', 'utf8');
    assert.match(source, /nonce: randomBytes\(16\)\.toString\('base64url'\)/);
  });

  it('F02 is served from the bundle and the pictures alone', () => {
    assert.deepEqual(resourceFolders, ['dist/webview', 'media']);
    const page = readFileSync('src/extension/views/threadPage.ts', 'utf8');
    assert.match(page, /localResourceRoots: resources/);
    for (const name of [
      'views/threadPage',
      'views/threadView',
      'views/threadTab',
      'surfaces/surfaces',
    ]) {
      assert.doesNotMatch(
        readFileSync(`src/extension/${name}.ts`, 'utf8'),
        /enableCommandUris|enableForms|portMapping|retainContextWhenHidden/,
      );
    }
  });
});
