import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Compares text with `test/transcripts/golden/<name>.txt`. `RECORD_GOLDEN=1` writes the file instead; read the
 * difference before you commit it.
 */
export function assertGolden(name: string, text: string): void {
  const file = resolve('test/transcripts/golden', `${name}.txt`);
  const actual = `${text.trimEnd()}\n`;
  if (process.env.RECORD_GOLDEN === '1') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, actual);
    return;
  }
  assert.equal(actual, readFileSync(file, 'utf8'), `differs from ${name}.txt`);
}
