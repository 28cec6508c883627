import assert from 'node:assert/strict';
import { highlightCode } from '../../../../webview-ui/src/components/highlightCode';
import {
  languageOfFence,
  languageOfPath,
  type CodeLanguage,
} from '../../../../webview-ui/src/components/highlightLanguages';

/** Each line with what has a scope as `scope:text` in brackets. */
function read(language: CodeLanguage, ...lines: string[]): string[] | undefined {
  return highlightCode(lines, language)?.map((line) =>
    line.map(({ text, scope }) => (scope ? `[${scope}:${text}]` : text)).join(''),
  );
}

/** A few lines of each language. */
const samples: Readonly<Record<CodeLanguage, string>> = {
  bash: '#!/bin/sh\nfor f in *.ts; do echo "$f ${#f}"; done',
  c: '#include <stdio.h>\nint main(void) { return 0; /* ok */ }',
  cpp: 'template <class T> auto f(T&& x) { return R"(a\nb)"; }',
  csharp: 'public record A(int B) { string C => $"{B}\\n"; }',
  css: '@media print { a:hover { color: #fff !important } }',
  diff: '--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new',
  dockerfile: 'FROM node:20 AS build\nRUN npm ci && echo "done"',
  go: 'func main() {\n\ts := `a\n\tb`\n}',
  ini: '[package]\nname = "x"\nversion = 1',
  java: 'class A { @Override public String b() { return "c"; } }',
  javascript: 'const A = () => <b title="c">{`d ${e}`}</b>;',
  json: '{ "a": [1, true, null, "b"] }',
  kotlin: 'fun main(a: Array<String>) = println("$a ${a.size}")',
  markdown: '# Title\n\n- *a* `b` [c](d)\n\n```js\nlet x;\n```',
  php: '<?php\nfunction a(int $b): string { return "c $b"; }',
  python: 'def a(b: int) -> str:\n    """One\n    two."""\n    return f"{b}"',
  ruby: 'class A < B\n  def c = "#{d}"\nend',
  rust: "fn a<'b>(c: &'b str) -> Option<u8> { /* d /* e */ */ None }",
  sql: "select a from b where c = 'd' -- e",
  typescript: 'interface A<T> { readonly b: T }\nconst c = <D,>(e: D) => <p>{e}</p>;',
  xml: '<p class="a"><!-- b --><script>let c = 1;</script></p>',
  yaml: 'a: 1\nb: |\n  c\n- d: "e" # f',
};

describe('highlightCode', () => {
  it('tells keywords, strings, numbers, names and comments apart', () => {
    assert.deepEqual(read('typescript', "const a: Item = f('b', 12); // c"), [
      "[keyword:const] [name:a]: [name:Item] = [name:f]([string:'b'], [number:12]); [comment:// c]",
    ]);
  });

  it('keeps strings and comments of several lines', () => {
    assert.deepEqual(read('python', 'a = """one', 'def two', '"""', 'pass'), [
      ...['a = [string:"""one]', '[string:def two]', '[string:"""]', '[keyword:pass]'],
    ]);
    assert.deepEqual(read('javascript', '/* a', 'let b', '*/ let c;'), [
      ...['[comment:/* a]', '[comment:let b]', '[comment:*/] [keyword:let] c;'],
    ]);
  });

  it('draws code inside a string as code', () => {
    assert.deepEqual(read('javascript', 'x(`a ${b + 1} c`)'), [
      '[name:x]([string:`a ]${b + [number:1]}[string: c`])',
    ]);
  });

  it('knows a comment that began above the first line', () => {
    assert.deepEqual(read('java', ' * Ends "here', ' */', 'int a;'), [
      ...['[comment: * Ends "here]', '[comment: */]', '[name:int] a;'],
    ]);
    assert.deepEqual(read('go', "it's the end */", 'var a int'), [
      ...["[comment:it's the end */]", '[keyword:var] a [name:int]'],
    ]);
    assert.deepEqual(read('markdown', '* one', '* two')?.join('').includes('comment'), false);
  });

  it('gives back the text of every language as it is, and finds something in it', () => {
    for (const [language, sample] of Object.entries(samples)) {
      const lines = highlightCode(sample.split('\n'), language as CodeLanguage) ?? [];
      assert.equal(lines.map((line) => line.map(({ text }) => text).join('')).join('\n'), sample);
      assert.ok(
        lines.flat().some(({ scope }) => scope),
        language,
      );
    }
  });

  it('reads broken code, markup and odd characters without a change', () => {
    const broken = '}</script>"\'`${ <img onerror=x> \u202e\u200b👩‍💻 \ud800 \0 */';
    for (const language of Object.keys(samples) as CodeLanguage[]) {
      const [line] = highlightCode([broken], language) ?? [];
      assert.equal((line ?? []).map(({ text }) => text).join(''), broken, language);
    }
  });

  it('leaves long code plain', () => {
    assert.equal(highlightCode(Array<string>(2001).fill('a'), 'go'), null);
    assert.equal(highlightCode(Array<string>(101).fill('a'.repeat(1000)), 'go'), null);
    assert.ok(highlightCode(Array<string>(2000).fill('a'), 'go'));
  });

  it('leaves a long line plain among others, and is not held up by long words', function () {
    this.timeout(30_000);
    const long = `"${'a'.repeat(50_000)}`;
    const startedAt = performance.now();
    assert.deepEqual(read('typescript', 'let a;', long, 'let b;'), [
      ...['[keyword:let] a;', long, '[keyword:let] b;'],
    ]);
    for (const language of Object.keys(samples) as CodeLanguage[])
      for (const piece of ['a', '-', '0', 'word '])
        highlightCode(Array<string>(90).fill(piece.repeat(1000 / piece.length)), language);
    assert.ok(performance.now() - startedAt < 15_000);
  });
});

describe('the language of code', () => {
  it('comes from the name of a file', () => {
    const named: Readonly<Record<string, CodeLanguage | null>> = {
      ...{ 'src/a.ts': 'typescript', 'a.test.TSX': 'typescript', 'a/b.mjs': 'javascript' },
      ...{ 'include/a.h': 'cpp', Dockerfile: 'dockerfile', 'Dockerfile.dev': 'dockerfile' },
      ...{ Gemfile: 'ruby', '.bashrc': 'bash', 'Cargo.toml': 'ini', '.prettierrc': 'json' },
      ...{ 'a.ipynb': null, LICENSE: null, 'a.bin': null, '': null, 'go/x': null, sql: null },
    };
    for (const [path, language] of Object.entries(named))
      assert.equal(languageOfPath(path), language, path);
  });

  it('comes from the words after a fence', () => {
    const fences: Readonly<Record<string, CodeLanguage | null>> = {
      ...{ ts: 'typescript', TSX: 'typescript', 'c++': 'cpp', 'C#': 'csharp', golang: 'go' },
      ...{ 'rust,no_run': 'rust', '{.python': 'python', 'js:src/a': 'javascript' },
      ...{ 'src/a.py': 'python', dockerfile: 'dockerfile', console: 'bash' },
      ...{ '': null, text: null, mermaid: null, constructor: null },
    };
    for (const [fence, language] of Object.entries(fences))
      assert.equal(languageOfFence(fence), language, fence);
  });
});
