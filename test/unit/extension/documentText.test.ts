import assert from 'node:assert/strict';
import { documentBytes, textForDocument } from '../../../src/extension/documentText';

type TextDocument = Parameters<typeof documentBytes>[0];

function fakeDocument(encoding: string, eol: 1 | 2, text = ''): TextDocument {
  return { encoding, eol, getText: () => text } as unknown as TextDocument;
}
const lf = fakeDocument('utf8', 1);
const crlf = fakeDocument('utf8', 2);

describe('documentText', () => {
  it('gives the bytes that saving writes, with the byte order mark where there was one', () => {
    assert.deepEqual(documentBytes(fakeDocument('utf8', 1, 'ä\n')), Buffer.from('ä\n'));
    assert.deepEqual(
      documentBytes(fakeDocument('utf8bom', 1, 'a')),
      Buffer.from([0xef, 0xbb, 0xbf, 0x61]),
    );
  });

  it('gives nothing for other encodings', () => {
    assert.equal(documentBytes(fakeDocument('utf16le', 1, 'a')), undefined);
  });

  it('takes text whose line ends are the document’s own', () => {
    assert.equal(textForDocument(lf, Buffer.from('a\nb')), 'a\nb');
    assert.equal(textForDocument(crlf, Buffer.from('a\r\nb')), 'a\r\nb');
  });

  it('refuses text that a document would change: mixed or foreign line ends', () => {
    assert.equal(textForDocument(lf, Buffer.from('a\r\nb\n')), undefined);
    assert.equal(textForDocument(crlf, Buffer.from('a\r\nb\n')), undefined);
    assert.equal(textForDocument(crlf, Buffer.from('a\rb\r\n')), undefined);
  });

  it('refuses bytes that are not UTF-8 and a byte order mark too many or too few', () => {
    assert.equal(textForDocument(lf, Uint8Array.of(0xff, 0xfe)), undefined);
    assert.equal(textForDocument(lf, Buffer.from('\uFEFFa')), undefined);
    assert.equal(textForDocument(fakeDocument('utf8bom', 1), Buffer.from('a')), undefined);
    assert.equal(textForDocument(fakeDocument('utf8bom', 1), Buffer.from('\uFEFFa')), 'a');
  });
});
