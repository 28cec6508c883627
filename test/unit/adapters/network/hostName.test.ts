import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  canonicalHost,
  mixesScripts,
  readableName,
  readAuthority,
} from '../../../../src/adapters/network/hostName';

describe('canonicalHost', () => {
  const oneSpelling: readonly (readonly [string, string])[] = [
    ['ok.com', 'ok.com'],
    ['OK.Com', 'ok.com'],
    ['ok.com.', 'ok.com'],
    ['a-b.c1.example', 'a-b.c1.example'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['8.8.8.8', '8.8.8.8'],
    ['[2001:DB8:0:0::1]', '[2001:db8::1]'],
    ['[::ffff:7f00:1]', '127.0.0.1'],
    ['[::ffff:127.0.0.1]', '127.0.0.1'],
  ];
  for (const [text, host] of oneSpelling) {
    it(`E03 reads ${text} as ${host}`, () => {
      assert.equal(canonicalHost(text), host);
    });
  }

  const refused = [
    ...[
      '',
      '.',
      'com',
      'localhost',
      'intranet',
      '.ok.com',
      'ok..com',
      'ok.com..',
      '-a.com',
      'a-.com',
    ],
    ...[
      'evil\0.ok.com',
      'ok.com\0',
      'ok.com\r\nHost: evil',
      'ok.com\n',
      'ok .com',
      ' ok.com',
      '\tok.com',
    ],
    ...[
      'user@ok.com',
      'user:word@ok.com',
      'ok.com@evil.com',
      'good.com%40evil.com',
      'good.com%2f.evil.com',
    ],
    ...[
      'ok.com/evil',
      'ok.com#',
      'ok.com?',
      'ok.com\\evil',
      'http://ok.com',
      'ok.com:443',
      'ok_.com',
    ],
    ...[
      '2130706433',
      '0x7f.1',
      '127.1',
      '0177.0.0.1',
      '1.2.3.4.5',
      '1.2.3.256',
      '0x7f000001',
      'a.0x1',
    ],
    ...[
      '01.2.3.4',
      '1.2.3',
      'evil.1',
      '::1',
      '[::1%lo]',
      '[::1',
      '::1]',
      '[]',
      '[1.2.3.4]',
      '[ok.com]',
    ],
    ...[
      'аpple.com',
      'bücher.example',
      'ok。com',
      'ok．com',
      'ⓔvil.com',
      'ok\u200b.com',
      'ok\u00ad.com',
    ],
    ...['xn--a.example', `${'a'.repeat(64)}.com`, `${'a.'.repeat(130)}com`, '*.ok.com', '*'],
  ];
  for (const text of refused) {
    it(`E03 takes ${JSON.stringify(text.slice(0, 40))} for no host`, () => {
      assert.equal(canonicalHost(text), undefined);
    });
  }
});

describe('a canonical host', () => {
  const piece = fc.oneof(
    fc.constantFrom('ok', 'evil', 'com', 'COM', 'xn--pple-43d', 'xn--a', '127', '0', '0x7f', '256'),
    fc.constantFrom(
      '.',
      '..',
      '-',
      ':',
      '@',
      '%',
      '/',
      '[',
      ']',
      '\\',
      '#',
      '\0',
      '\r\n',
      ' ',
      '_',
      '。',
    ),
    fc.constantFrom('аpple', 'ⓔ', '\u200b', '::1', '::ffff:', 'ffff', '1.2.3.4', '8443'),
    fc.string({ maxLength: 3 }),
  );
  const text = fc.array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join(''));

  it('E03 is read by every other program as that very host, from whatever it was made', () => {
    let accepted = 0;
    fc.assert(
      fc.property(text, (written) => {
        const host = canonicalHost(written);
        if (host === undefined) return;
        accepted += 1;
        assert.equal(canonicalHost(host), host);
        assert.equal(new URL(`http://${host}/`).hostname, host);
        const asWritten = new URL(`http://${written}/`).hostname.replace(/\.$/, '');
        assert.equal(canonicalHost(asWritten), host);
      }),
      { numRuns: 20_000 },
    );
    assert.ok(accepted > 50, `only ${accepted} were taken for hosts`);
  });
});

describe('readAuthority', () => {
  const read: readonly (readonly [string, unknown])[] = [
    ['ok.com:443', { host: 'ok.com', port: 443 }],
    ['ok.com', { host: 'ok.com' }],
    ['[2001:db8::1]:8443', { host: '[2001:db8::1]', port: 8443 }],
    ...['ok.com:0', 'ok.com:', 'ok.com:65536', 'ok.com:0443', 'ok.com:+443', 'ok.com:4 43'].map(
      (text) => [text, undefined] as const,
    ),
    ...[
      'ok.com:443:443',
      'a@ok.com:443',
      'ok.com:443/x',
      'ok.com:99999999999',
      '2001:db8::1:443',
    ].map((text) => [text, undefined] as const),
  ];
  for (const [text, authority] of read) {
    it(`E03 reads the authority ${text}${authority === undefined ? ' as none' : ''}`, () => {
      assert.deepEqual(readAuthority(text), authority);
    });
  }
});

describe('the look of a name', () => {
  it('D06 tells how a name of other letters reads, and that it mixes scripts', () => {
    // With a Cyrillic а in front.
    const host = 'xn--pple-43d.com';
    assert.equal(readableName(host), 'аpple.com');
    assert.ok(mixesScripts('аpple.com'));
  });

  it('D06 finds nothing odd about one script, digits and hyphens', () => {
    for (const name of ['apple.com', 'bücher-24.example', 'почта.рф', '日本語.jp'])
      assert.ok(!mixesScripts(name), name);
    assert.equal(readableName('apple.com'), undefined);
  });
});
