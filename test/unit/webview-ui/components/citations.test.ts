import assert from 'node:assert/strict';
import { readLink, splitCitations } from '../../../../webview-ui/src/components/citations';

function cited(text: string): readonly string[] {
  const pieces = splitCitations(text);
  assert.equal(pieces.map((piece) => piece.text).join(''), text);
  return pieces.flatMap((piece) =>
    'citation' in piece ? [`${piece.citation.path}@${piece.citation.line}`] : [],
  );
}

describe('splitCitations', () => {
  it('finds paths with a line, in brackets and at the end of a sentence', () => {
    assert.deepEqual(cited('see (src/slug.js:1), and notes.md:3.'), [
      'src/slug.js@1',
      'notes.md@3',
    ]);
    assert.deepEqual(cited('./a/b-c.test.tsx:120:7 and x.py:10-20'), [
      'a/b-c.test.tsx@120',
      'x.py@10',
    ]);
    assert.deepEqual(cited('build/Makefile:3'), ['build/Makefile@3']);
  });

  it('leaves addresses, times, versions and bare words alone', () => {
    for (const text of [
      'https://example.com/a.js:80',
      'localhost:8080',
      'at 12:30',
      'node:fs:1',
      'v1.2.3',
      'src/slug.js',
      'ratio 3:1',
      'a.js:0',
    ]) {
      assert.deepEqual(cited(text), [], text);
    }
  });
});

describe('readLink', () => {
  it('tells the web from the workspace, and trusts no other scheme', () => {
    const address = { href: 'https://x.y/z', host: 'x.y', hadUser: false };
    assert.deepEqual(readLink('https://x.y/z'), { kind: 'web', address });
    assert.deepEqual(readLink('src/a%20b.js'), { kind: 'file', path: 'src/a b.js' });
    assert.deepEqual(readLink('src/a.js:4'), { kind: 'file', path: 'src/a.js', line: 4 });
    assert.deepEqual(readLink('./src/a.js#L12'), { kind: 'file', path: 'src/a.js', line: 12 });
    for (const href of [
      'command:x',
      'javascript:alert(1)',
      'file:///etc/passwd',
      'data:x',
      '#',
      '',
    ]) {
      assert.deepEqual(readLink(href), { kind: 'none' }, href);
    }
  });
});
