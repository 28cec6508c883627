import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { lineCount, trackedFiles } from './trackedFiles';

const mostLines = 500;
const mostExtensionBytes = 2_000_000;
const mostActivationBytes = 100_000;
const mostFirstPaintBytes = 600_000;

describe('sizes', () => {
  it(`keep every source file under ${mostLines} lines`, () => {
    const files = trackedFiles(/\.(ts|tsx|mjs|cjs|css)$/);
    const counts = files.map(lineCount).sort((a, b) => a - b);
    console.log(`    median ${counts[counts.length >> 1]} lines over ${counts.length} files`);
    assert.deepEqual(
      files.filter((path) => lineCount(path) > mostLines),
      [],
    );
  });

  it('keep the extension small, and what activation reads very small', () => {
    const activation = statSync('dist/extension.js').size;
    const whole = activation + statSync('dist/heavyParts.js').size;
    assert.ok(activation <= mostActivationBytes, `activation reads ${activation} bytes`);
    assert.ok(whole <= mostExtensionBytes, `the extension has ${whole} bytes`);
  });

  it('keep what the view loads before its first paint small', () => {
    const files = firstPaintFiles('main.js');
    const size = [...files].reduce(
      (sum, file) => sum + statSync(join('dist/webview', file)).size,
      0,
    );
    assert.ok(size <= mostFirstPaintBytes, `${[...files].join(', ')} have ${size} bytes`);
  });
});

/** A script, its style sheet and all it imports statically; what it imports later does not count. */
function firstPaintFiles(entry: string, found = new Set<string>()): Set<string> {
  if (found.has(entry)) return found;
  found.add(entry);
  const styles = entry.replace(/\.js$/, '.css');
  if (existsSync(join('dist/webview', styles))) found.add(styles);
  const text = readFileSync(join('dist/webview', entry), 'utf8');
  for (const [, path = ''] of text.matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g)) {
    firstPaintFiles(path, found);
  }
  return found;
}
