import assert from 'node:assert/strict';
import type { DiffLine } from '../../../../webview-ui/src/components/diffLines';
import { highlightCode } from '../../../../webview-ui/src/components/highlightCode';
import { highlightDiff } from '../../../../webview-ui/src/components/highlightDiff';

const kinds = { '+': 'added', '-': 'removed', ' ': 'context', '~': 'gap' } as const;

/** The scopes of each line, of a diff whose lines begin with their signs. */
function scopes(...lines: string[]): string[] {
  const read = (line: string): DiffLine => ({
    kind: kinds[line.charAt(0) as keyof typeof kinds],
    text: line.slice(1),
  });
  const tokens = highlightDiff(lines.map(read), (texts) => highlightCode(texts, 'typescript'));
  return tokens.map((line) => (line ?? []).map(({ scope }) => scope ?? '').join(' '));
}

describe('highlightDiff', () => {
  it('reads what was and what is apart, each with the lines that stayed', () => {
    assert.deepEqual(scopes(' /*', '-was */', '+ still', '+ more */', ' return 1;'), [
      ...['comment', 'comment', 'comment', 'comment', 'keyword  number '],
    ]);
  });

  it('begins anew after what is left out, which stays plain', () => {
    assert.deepEqual(scopes('+/* open', '~more', '+return'), ['comment', '', 'keyword']);
  });

  it('leaves lines plain where nothing can be read', () => {
    assert.deepEqual(highlightDiff([{ kind: 'added', text: 'x' }], null), [undefined]);
    assert.deepEqual(
      highlightDiff([{ kind: 'added', text: 'x' }], () => null),
      [undefined],
    );
  });
});
