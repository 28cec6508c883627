import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { PacedOutput } from '../../../../src/adapters/pty/pacedOutput';

describe('PacedOutput', () => {
  it('hands on everything in order, in pieces that can be drawn, and says when it has too much', async () => {
    const pieces: string[] = [];
    const changes: boolean[] = [];
    const output = new PacedOutput(
      (text) => pieces.push(text),
      () => changes.push(output.full),
    );
    const chunk = 'é'.repeat(64 * 1024);
    for (let count = 0; count < 12; count++) output.push(Buffer.from(chunk));
    assert.deepEqual(changes, [true]);
    assert.deepEqual(pieces, [], 'nothing is drawn at once');
    while (pieces.join('').length < 12 * chunk.length) await sleep(5);
    assert.equal(pieces.join(''), chunk.repeat(12));
    assert.ok(pieces.every((piece) => Buffer.byteLength(piece) <= 128 * 1024 + 3));
    assert.deepEqual(changes, [true, false]);
    output.dispose();
  });

  it('hands on what is left when it is asked to', () => {
    const pieces: string[] = [];
    const output = new PacedOutput(
      (text) => pieces.push(text),
      () => {},
    );
    output.push(Buffer.from('last '));
    output.push(Buffer.from('words'));
    output.flush();
    assert.equal(pieces.join(''), 'last words');
  });
});
