import assert from 'node:assert/strict';
import type { HunkPreview } from '../../../../src/protocol/changePreview';
import type { Hunk } from '../../../../src/protocol/changes';
import { highlightCode } from '../../../../webview-ui/src/components/highlightCode';
import { hunkDiffLines } from '../../../../webview-ui/src/views/Changes/hunkDiffLines';

const surroundings = { before: [], after: [] };

/** Each line with its sign, changed words in brackets, what cannot be seen in angle brackets. */
function drawn(removed: string[], added: string[], more: Partial<HunkPreview> = {}): string[] {
  const hunk: Hunk = {
    ...{ id: 'h', baseStart: 0, liveStart: 0, removed, added },
    ...{ baseCount: removed.length, liveCount: added.length },
  };
  const signs = { added: '+', removed: '-', context: ' ', gap: '~', caption: '#' };
  return hunkDiffLines(hunk, { ...surroundings, removed, added, ...more }).map(
    ({ kind, pieces }) =>
      signs[kind] +
      pieces
        .map(({ text, changed, odd }) => {
          const label = odd ? `<${text}>` : text;
          return changed ? `[${label}]` : label;
        })
        .join(''),
  );
}

describe('hunkDiffLines', () => {
  it('marks the words that changed inside lines, and draws the lines around', () => {
    const lines = drawn(['let a = 1;\n', 'go(a);\n'], ['let a = 2;\n', 'go(a);\n'], {
      before: ['// first\n'],
      after: ['end();\n'],
    });
    assert.deepEqual(lines, [
      ...[' // first', '-let a = [1];', '-go(a);'],
      ...['+let a = [2];', '+go(a);', ' end();'],
    ]);
  });

  it('marks nothing inside lines that are others, added or removed', () => {
    assert.deepEqual(drawn(['one two three\n'], ['quite different words\n']), [
      '-one two three',
      '+quite different words',
    ]);
    assert.deepEqual(drawn([], ['new\n']), ['+new']);
  });

  it('makes blanks visible where they are the change, or end an added line', () => {
    assert.deepEqual(drawn(['\tx\n'], ['  x\n']), ['-[→\t]x', '+[··]x']);
    assert.deepEqual(drawn(['a b c\n'], ['a b c  \n']), ['-a b c', '+a b c[··]']);
  });

  it('names line ends where they differ, and one that is missing', () => {
    assert.deepEqual(drawn(['a\r\n'], ['a\n'], { after: ['b\n'] }), ['-a<CRLF>', '+a<LF>', ' b']);
    assert.deepEqual(drawn(['a\n'], ['a']), ['-a', '+a<no line end>']);
    assert.deepEqual(drawn(['a\r\n'], ['b\r\n']), ['-a', '+b']);
  });

  it('spells out characters that cannot be seen or reorder others', () => {
    assert.deepEqual(drawn([], ['\ufeffa\u202eb\u200bc\u00a0d\n']), [
      '+<U+FEFF>a<U+202E>b<U+200B>c<U+00A0>d',
    ]);
    assert.deepEqual(drawn([], ['// 👩‍💻 наконец déjà\n']), ['+// 👩‍💻 наконец déjà']);
  });

  it('says how much is left out', () => {
    const hunk: Hunk = {
      ...{ id: 'h', baseStart: 0, baseCount: 0, liveStart: 0, liveCount: 1500 },
      ...{ removed: [], added: ['a'] },
    };
    const lines = hunkDiffLines(hunk, null);
    assert.equal(lines.at(-1)?.pieces[0]?.text, '1,499 more lines added');
  });

  /** Each line with its sign, what has a scope in brackets with a star where it changed, odd in angle brackets. */
  function coloured(removed: string[], added: string[], more: Partial<HunkPreview> = {}): string[] {
    const hunk: Hunk = {
      ...{ id: 'h', baseStart: 0, liveStart: 0, removed, added },
      ...{ baseCount: removed.length, liveCount: added.length },
    };
    const ended = (lines: readonly string[]) => lines.map((line) => `${line}\n`);
    const preview: HunkPreview = {
      ...{ removed: ended(removed), added: ended(added) },
      ...{ before: ended(more.before ?? []), after: ended(more.after ?? []) },
    };
    const lines = hunkDiffLines(hunk, preview, (code) => highlightCode(code, 'typescript'));
    const signs = { added: '+', removed: '-', context: ' ', gap: '~', caption: '#' };
    return lines.map(
      ({ kind, pieces }) =>
        signs[kind] +
        pieces
          .map(({ text, changed, odd, scope }) => {
            const label = odd ? `<${text}>` : scope ? `[${scope}:${text}]` : text;
            return changed ? `*${label}*` : label;
          })
          .join(''),
    );
  }

  it('gives code its scopes, under the marks of words that changed', () => {
    assert.deepEqual(coloured(["if (a === 'b') c();"], ["if (a === 'bb' ) c();"]), [
      "-[keyword:if] (a === [string:']*[string:b]*[string:']) [name:c]();",
      "+[keyword:if] (a === [string:']*[string:bb]*[string:']*·*) [name:c]();",
    ]);
  });

  it('reads each side as a whole, with the lines around', () => {
    const lines = coloured(['let a = 1;'], ['let a = 2; /* from here'], {
      ...{ before: ['/* one', 'two */'], after: ['to here */', 'let b;'] },
    });
    assert.deepEqual(lines, [
      ...[' [comment:/* one]', ' [comment:two */]'],
      '-[keyword:let] a = *[number:1]*;',
      '+[keyword:let] a = *[number:2]*;* **[comment:/* from here]*',
      ...[' [comment:to here */]', ' [keyword:let] b;'],
    ]);
  });

  it('keeps scopes in step with characters that are spelled out', () => {
    assert.deepEqual(coloured([], ["f('\u200ba\u{e0001}b'); return"]), [
      "+[name:f]([string:']<U+200B>[string:a]<U+E0001>[string:b']); [keyword:return]",
    ]);
  });
});
