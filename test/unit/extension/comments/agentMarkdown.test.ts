import assert from 'node:assert/strict';
import { Lexer, walkTokens, type Token } from 'marked';
import { agentMarkdown } from '../../../../src/extension/comments/agentMarkdown';
import { readWebAddress, saysHost } from '../../../../src/protocol/webAddress';
import { countHidden } from '../../../../src/protocol/visibleText';

/** All tokens that VS Code's own reader of Markdown finds. */
function tokensOf(text: string): readonly Token[] {
  const found: Token[] = [];
  void walkTokens(new Lexer({ gfm: true }).lex(text), (token) => void found.push(token));
  return found;
}

/** What of drawn Markdown could deceive: links that do not say where they lead, images, HTML, hidden characters. */
function deceptions(drawn: string): readonly string[] {
  const plain = (text: string) => text.replaceAll('\\', '');
  const { count } = countHidden(drawn);
  const found = tokensOf(drawn).flatMap((token) => {
    if (token.type === 'image' || token.type === 'html' || token.type === 'def') return [token.raw];
    // Entities mean what they name in text, not in code.
    const isLeaf = token.type === 'text' && !('tokens' in token);
    if (isLeaf && countHidden(decode(token.raw)).count > 0) return [token.raw];
    if (token.type !== 'link') return [];
    const { href, text } = token as Token & { href: string; text: string };
    if (href.startsWith('mailto:')) return [];
    const address = readWebAddress(href);
    if (!address) return [token.raw];
    const said =
      saysHost(text, address) || plain(drawn).includes(plain(`${token.raw} (${address.host})`));
    return said ? [] : [token.raw];
  });
  return count > 0 ? [...found, 'hidden'] : found;
}

function decode(text: string): string {
  return text.replace(/(?<!\\)&#x?([\da-f]+);/gi, (whole, code: string) =>
    whole.startsWith('&#x')
      ? String.fromCodePoint(parseInt(code, 16))
      : String.fromCodePoint(+code),
  );
}

describe('a model’s Markdown in the editor', () => {
  const drawn: Array<[what: string, text: string, drawn: string]> = [
    ['prose', '- a **b** `c[0]` & d', '- a **b** `c[0]` \\& d'],
    ['a link', '[docs](https://a.test/b)', '[docs](<https://a.test/b>) (a.test)'],
    ['a link that says it', '[a.test](https://a.test/)', '[a.test](<https://a.test/>)'],
    [
      'another host',
      '[https://good.test](https://evil.test)',
      '[https://good.test](<https://evil.test/>) (evil.test)',
    ],
    [
      'a user name',
      'https://good.test@evil.test/x.',
      '[https://good.test@evil.test/x](<https://evil.test/x>) (evil.test).',
    ],
    [
      'letters of others',
      'at https://\u0430pple.test',
      'at [https://\u0430pple.test](<https://xn--pple-43d.test/>) (xn--pple-43d.test)',
    ],
    [
      'a bare address',
      'see <https://a.test>, https://a.test/b?c=d, and www.b.test.',
      'see [https://a.test](<https://a.test/>), https://a.test/b?c=d, and [www.b.test](<http://www.b.test/>).',
    ],
    ['a command', '[a](command:b)', '\\[a](command:b)'],
    ['an image', '![a](https://a.test/p.png)', '!\\[a](https://a.test/p.png)'],
    ['a reference', '[a][b]\n\n[b]: https://a.test', '\\[a]\\[b]\n\n\\[b]: https://a.test'],
    [
      'HTML',
      '<a href="https://a.test">b</a>',
      '\\<a href="[https://a.test](<https://a.test/>)">b\\</a>',
    ],
    ['hidden characters', 'a\u202eb &#8238;', 'a⟨U+202E⟩b \\&#8238;'],
  ];
  for (const [what, text, expected] of drawn) {
    it(`D03 D05 is drawn as what it is: ${what}`, () => {
      assert.equal(agentMarkdown(text), expected);
      assert.deepEqual(deceptions(agentMarkdown(text)), []);
    });
  }

  it('D03 is drawn with its blocks of code, whatever is in them', () => {
    const code = 'const a = b[0](c); // [x](https://evil.test) <b>';
    assert.equal(
      agentMarkdown(`- so:\n  ~~~js\n  ${code}\n  \`\`\`\n  ~~~\nand [x](y)`),
      `- so:\n\n\`\`\`\`js\n${code}\n\`\`\`\n\`\`\`\`\n\nand \\[x](y)`,
    );
    assert.equal(agentMarkdown('```\n[a](b)'), '\n```\n[a](b)\n```\n');
  });

  it('D03 is never read by VS Code as a link that hides its host, an image or HTML', () => {
    const pieces = [
      ...[
        '[a](https://evil.test)',
        '[b](command:c)',
        '![d](https://evil.test/e)',
        '[e][f]',
        '[f]:',
      ],
      ...[
        ' https://good.test@evil.test',
        'www.\u0430.test',
        'www.a\u0430.test',
        '<https://evil.test>',
      ],
      ...[
        '`',
        '``',
        '```',
        '~~~',
        '~',
        '|',
        '|-|-|',
        '\\',
        '\n',
        '\n\n',
        '\n    ',
        '\n> ',
        '\n- ',
        '\n# ',
      ],
      ...[
        '<!--',
        '-->',
        '<b>',
        '<',
        '>',
        '[',
        ']',
        '(',
        ')',
        '](',
        '*',
        '_',
        '&',
        '&#8238;',
        '&lt;',
        '!',
      ],
      ...['a', ' ', 'ftp://evil.test', '\u202e', '\r\n', '=', '\n===\n', '"', ': '],
    ];
    let seed = 1;
    const next = (limit: number) => {
      seed = (seed * 48271) % 2147483647;
      return seed % limit;
    };
    for (let round = 0; round < 10_000; round += 1) {
      const text = Array.from({ length: 2 + next(14) }, () => pieces[next(pieces.length)]).join('');
      const result = agentMarkdown(text);
      assert.deepEqual(deceptions(result), [], JSON.stringify({ text, result }));
    }
  });

  it('is drawn soon, however long it is', () => {
    const started = Date.now();
    for (const piece of ['[', '`', '` ``', '<', '&', '[a](', 'https://', '~~~', '```\n', '\\']) {
      agentMarkdown(piece.repeat(20_000));
    }
    assert.ok(Date.now() - started < 3000);
  });
});
