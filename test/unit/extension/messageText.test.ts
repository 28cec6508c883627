import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { messageText } from '../../../src/extension/messageText';

/** As VS Code 1.139 finds links in notifications and icons at input boxes. */
const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/gi;
const icon = /(\\)?\$\(([A-Za-z0-9-]+(?:~[A-Za-z]+)?)\)/g;

/** A text of a bundle, which may have a comment for those who translate. */
type Text = string | { readonly message: string };

describe('text in notifications', () => {
  const attacks: Array<[what: string, text: string, shown: string]> = [
    [
      'a command',
      '[Renew](command:workbench.action.terminal.sendSequence?%7B%7D)',
      '[Renew] (command:workbench.action.terminal.sendSequence?%7B%7D)',
    ],
    ['a page', 'see [our site](https://evil.test)', 'see [our site] (https://evil.test)'],
    ['a file', 'a [b](file:///etc/passwd "c")', 'a [b] (file:///etc/passwd "c")'],
    ['several at once', '[[a](command:a)](command:b)', '[[a] (command:a)] (command:b)'],
    ['one made by a line break', '[a]\n(command:b)', '[a] (command:b)'],
    ['one cut by what is hidden', '[a]\u200b(command:b)', '[a]⟨U+200B⟩(command:b)'],
    ['an icon', 'Allowed $(check) by you', 'Allowed $ (check) by you'],
    ['an escaped icon', '\\$(check~spin)', '\\$ (check~spin)'],
  ];
  for (const [what, text, shown] of attacks) {
    it(`D03 is never drawn as a link or an icon: ${what}`, () => {
      assert.equal(messageText(text), shown);
      assert.doesNotMatch(messageText(text), link);
      assert.doesNotMatch(messageText(text), icon);
    });
  }

  it('D05 spells out what nobody sees, in one line', () => {
    assert.equal(messageText(' a\u202eb\n\n\tc\u2800 '), 'a⟨U+202E⟩b c⟨U+2800⟩');
    assert.equal(messageText(messageText('a\u202eb [c](d)')), messageText('a\u202eb [c](d)'));
  });

  it('looks as it was written where it is ours, in every language', () => {
    for (const language of ['', '.de', '.zh-cn']) {
      const file = `l10n/bundle.l10n${language}.json`;
      const texts = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Text>;
      for (const each of Object.values(texts)) {
        const text = typeof each === 'string' ? each : each.message;
        assert.equal(messageText(text), text.replace(/\s+/g, ' ').trim());
      }
    }
  });
});
