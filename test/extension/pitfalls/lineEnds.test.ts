import assert from 'node:assert/strict';
import { patchCall, useReviewDesk } from './reviewDesk';

const bom = '\uFEFF';
const utf16 = (text: string) => Buffer.from(bom + text, 'utf16le');
const latin1 = (text: string) => Buffer.from(text, 'latin1');

/** How the bytes before and after the agent's edit of the second line look, for a text with `\n`. */
const kinds: readonly { readonly name: string; readonly bytes: (text: string) => Uint8Array }[] = [
  { name: 'CRLF', bytes: (text) => Buffer.from(text.replaceAll('\n', '\r\n')) },
  { name: 'mixed line ends', bytes: (text) => Buffer.from(text.replace('\n', '\r\n')) },
  { name: 'a byte order mark', bytes: (text) => Buffer.from(bom + text) },
  { name: 'UTF-16', bytes: utf16 },
  { name: 'Latin-1', bytes: (text) => latin1(`ä${text}`) },
  { name: 'no final newline', bytes: (text) => Buffer.from(text.slice(0, -1)) },
];

const start = 'one\ntwo\nthree\nfour\nfive\n';
const edited = start.replace('two', 'TWO').replace('four\n', '');

describe('files with bytes of their own kind', () => {
  const desk = useReviewDesk();

  for (const { name, bytes } of kinds) {
    for (const isOpen of [true, false]) {
      const where = isOpen ? 'in an editor' : 'on the disk';
      it(`keep ${name} exactly through patch, accept, reject and undo, ${where}`, async () => {
        await desk.write('a.txt', bytes(start));
        if (isOpen) await desk.open('a.txt');
        const second = [' three', '-four', ' five'];
        await desk.turn(patchCall(desk.path('a.txt'), ['-two', '+TWO'], second));
        await desk.hunks('a.txt', 2);
        assert.deepEqual(desk.disk('a.txt'), Buffer.from(bytes(edited)));

        await desk.settle('accept', 'a.txt', 1);
        await desk.hunks('a.txt', 1);
        assert.deepEqual(desk.disk('a.txt'), Buffer.from(bytes(edited)));

        await desk.settle('reject', 'a.txt', 0);
        await desk.hunks('a.txt', 0);
        const accepted = bytes(start.replace('four\n', ''));
        assert.deepEqual(desk.disk('a.txt'), Buffer.from(accepted));
        assert.match(await desk.told(), /line 2:\n-two\n\+TWO\n<\/review>/);
      });
    }
  }

  it('are undone in the editor to what they were, with CRLF and a byte order mark', async () => {
    const crlf = (text: string) => text.replaceAll('\n', '\r\n');
    await desk.write('a.txt', bom + crlf(start));
    await desk.open('a.txt');
    await desk.turn(patchCall(desk.path('a.txt'), ['-two', '+TWO']));
    await desk.settle('reject', 'a.txt', 0);
    desk.holds('a.txt', { disk: bom + crlf(start), buffer: crlf(start) });
    const text = crlf(start.replace('two', 'TWO'));
    await desk.goBack('undo', 'a.txt', text, crlf(start));
    await desk.goBack('redo', 'a.txt', text);
    await desk.hunks('a.txt', 1);
  });

  it('show a line end added or taken away at the end of the file as a change', async () => {
    await desk.write('a.txt', 'one\ntwo');
    await desk.open('a.txt');
    await desk.turn(patchCall(desk.path('a.txt'), [' two', '+three', '*** End of File']));
    await desk.hunks('a.txt', 1);
    desk.holds('a.txt', { disk: 'one\ntwo\nthree\n' });
    await desk.settle('reject', 'a.txt', 0);
    await desk.hunks('a.txt', 0);
    desk.holds('a.txt', { disk: 'one\ntwo' });
  });
});
