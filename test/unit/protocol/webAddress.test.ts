import assert from 'node:assert/strict';
import { readWebAddress, saysHost } from '../../../src/protocol/webAddress';

describe('addresses on the web', () => {
  const dead = [
    'command:workbench.action.terminal.new',
    'vscode://publisher.extension/run',
    'vscode-insiders://x/y',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,<script>1</script>',
    'file:///etc/passwd',
    'blob:https://x.y/1',
    'ftp://x.y/',
    'mailto:a@b.c',
    'ms-settings:',
    'https:evil.example',
    'https:///',
    'https://',
    'http://[',
    ' https://x.y',
    '//x.y/z',
    '\\\\host\\share',
    'java\nscript:alert(1)',
  ];
  for (const text of dead) {
    it(`D03 takes ${JSON.stringify(text)} for no address`, () => {
      assert.equal(readWebAddress(text), undefined);
    });
  }

  const hosts: readonly (readonly [string, string, boolean?])[] = [
    ['https://exаmple.com/', 'xn--exmple-4nf.com'],
    ['https://good.example@evil.example/x', 'evil.example', true],
    ['https://good.example:pw@evil.example', 'evil.example', true],
    ['https://good.example.evil.example/', 'good.example.evil.example'],
    ['https://good.example\\@evil.example/', 'good.example'],
    ['https://good.example/\\@evil.example', 'good.example'],
    ['https://GOOD.example./', 'good.example.'],
    ['https://ⅽode.example/', 'code.example'],
    ['https://good。example/', 'good.example'],
    ['http://0x7f.1:8080/', '127.0.0.1:8080'],
    ['http://2130706433/', '127.0.0.1'],
    ['https://good.example:443/', 'good.example'],
    ['https://go\tod.example/', 'good.example'],
  ];
  for (const [text, host, hadUser = false] of hosts) {
    it(`D06 says where ${JSON.stringify(text)} really leads`, () => {
      const address = readWebAddress(text);
      assert.equal(address?.host, host);
      assert.equal(address?.hadUser, hadUser);
      assert.match(address?.href ?? '', /^[\x21-\x7e]*$/);
      assert.doesNotMatch(address?.href ?? '', /^https?:\/\/[^/]*@/);
    });
  }

  it('D06 refuses a host with an escaped slash', () => {
    assert.equal(readWebAddress('https://good.example%2f.evil.example/'), undefined);
    assert.equal(readWebAddress('https://good.example%2f@evil.example/')?.host, 'evil.example');
  });

  it('D06 takes words for the host only where they are the host', () => {
    const says = (words: string, url: string) => {
      const address = readWebAddress(url);
      assert.ok(address);
      return saysHost(words, address);
    };
    assert.ok(says('https://example.com/a', 'https://example.com/b'));
    assert.ok(says('Example.com', 'https://example.com/'));
    assert.ok(says('localhost:8080/x', 'http://localhost:8080/'));
    for (const words of [
      'the docs',
      'example.com.evil.com',
      'example.com@evil.com',
      'exаmple.com',
      'evil.com/example.com',
      'https://example.com evil',
      '',
    ]) {
      assert.ok(!says(words, 'https://example.com/'), words);
    }
    assert.ok(!says('evil.com', 'https://good@evil.com/'));
  });
});
