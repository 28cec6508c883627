import assert from 'node:assert/strict';
import { createTreeSitterParser } from '../../src/adapters/shell/treeSitterParser';

describe('the second parser of commands', () => {
  it('A23 loads in the process of VS Code, parses there, and takes little memory', async () => {
    const parser = createTreeSitterParser();
    const before = process.memoryUsage().rss;
    await parser.load();
    assert.equal(parser.unavailable, undefined);
    for (let count = 0; count < 500; count += 1) {
      assert.deepEqual(parser.parse(`ls -la ${count} | wc`), [['ls', '-la', `${count}`], ['wc']]);
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const grownMb = (process.memoryUsage().rss - before) / 1024 / 1024;
    assert.ok(grownMb < 150, `it takes ${grownMb.toFixed(0)} MB`);
  });
});
