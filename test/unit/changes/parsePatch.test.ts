import assert from 'node:assert/strict';
import { parsePatch, pathsOfPatch } from '../../../src/changes/parsePatch';

const patchOf = (...lines: string[]) => ['*** Begin Patch', ...lines, '*** End Patch'].join('\n');

describe('parsePatch', () => {
  it('reads all kinds of sections', () => {
    const patch = parsePatch(
      patchOf(
        '*** Add File: a.txt',
        '+one',
        '+',
        '*** Delete File: b.txt',
        '*** Update File: c.txt',
        '*** Move to: d.txt',
        '@@ function f() {',
        ' keep',
        '-old',
        '+new',
        '*** End of File',
      ),
    );
    assert.deepEqual(patch.sections, [
      { kind: 'add', path: 'a.txt', lines: ['one', ''] },
      { kind: 'delete', path: 'b.txt' },
      {
        kind: 'update',
        path: 'c.txt',
        moveTo: 'd.txt',
        chunks: [
          {
            anchors: ['function f() {'],
            endOfFile: true,
            lines: [
              { mark: ' ', text: 'keep' },
              { mark: '-', text: 'old' },
              { mark: '+', text: 'new' },
            ],
          },
        ],
      },
    ]);
    assert.deepEqual(pathsOfPatch(patch), ['a.txt', 'b.txt', 'c.txt', 'd.txt']);
  });

  const body = '*** Add File: a\n+x';
  const wrappers: Record<string, string> = {
    'plain markers': `*** Begin Patch\n${body}\n*** End Patch`,
    'space around the markers': `\n  *** Begin Patch \n${body}\n\t*** End Patch  \n\n`,
    'a quoted heredoc': `<<'EOF'\n*** Begin Patch\n${body}\n*** End Patch\nEOF\n`,
    'a heredoc in double quotes': `<<"PATCH"\n*** Begin Patch\n${body}\n*** End Patch\nPATCH`,
    'a plain heredoc': `<<EOF\n*** Begin Patch\n${body}\n*** End Patch\nEOF`,
    'the command before the heredoc': `apply_patch <<'EOF'\n*** Begin Patch\n${body}\n*** End Patch\nEOF`,
    'an environment line': `*** Begin Patch\n*** Environment ID: e1\n${body}\n*** End Patch`,
    'CRLF between its lines': `*** Begin Patch\r\n${body.replace('\n', '\r\n')}\r\n*** End Patch\r\n`,
    'empty lines between sections': `*** Begin Patch\n\n${body}\n\n*** End Patch`,
  };
  for (const [name, text] of Object.entries(wrappers)) {
    it(`takes ${name}`, () => {
      assert.deepEqual(parsePatch(text).sections, [{ kind: 'add', path: 'a', lines: ['x'] }]);
    });
  }

  it('takes a first chunk without @@, several @@ in a row and the @@ of a unified diff', () => {
    const [section] = parsePatch(
      patchOf(
        '*** Update File: a',
        '-x',
        '+y',
        '@@ class A',
        '@@ method()',
        '-p',
        '@@ -1,2 +3,4 @@ def f',
        '+q',
      ),
    ).sections;
    assert.ok(section?.kind === 'update');
    assert.deepEqual(
      section.chunks.map((chunk) => chunk.anchors),
      [[], ['class A', 'method()'], ['def f']],
    );
  });

  it('reads a context line that looks like a marker as context', () => {
    const [section] = parsePatch(
      patchOf('*** Update File: a', '@@', ' *** Add File: b', '-x'),
    ).sections;
    assert.ok(section?.kind === 'update');
    assert.equal(section.chunks[0]?.lines[0]?.text, '*** Add File: b');
  });

  const broken: Record<string, [string, RegExp]> = {
    'an empty text': ['', /first line of the patch must be/],
    'a missing end': ['*** Begin Patch\n*** Delete File: a', /last line of the patch must be/],
    'a patch without sections': [patchOf(), /changes no file/],
    'an unknown header': [patchOf('*** Rename File: a'), /line 2, .*is not a section header/],
    'a header without a path': [patchOf('*** Add File:'), /names no file/],
    'an update without chunks': [patchOf('*** Update File: a'), /has no changes/],
    'a chunk without lines': [patchOf('*** Update File: a', '@@', '@@ b'), /has no lines/],
    'a line without a mark': [
      patchOf('*** Update File: a', '@@', '-x', 'y'),
      /line 5, "y", .*does not begin a chunk/,
    ],
    'stray lines after an added file': [
      patchOf('*** Add File: a', '+x', 'y'),
      /line 4, "y", is not a section header/,
    ],
  };
  for (const [name, [text, message]] of Object.entries(broken)) {
    it(`refuses ${name} and says where`, () => {
      assert.throws(() => parsePatch(text), {
        name: 'PatchError',
        message: new RegExp(`^apply_patch verification failed: .*${message.source}`, 's'),
      });
    });
  }
});
