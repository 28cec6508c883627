import assert from 'node:assert/strict';
import { usePtyDesk } from '../../../support/ptyDesk';

describe('floods of output in pseudo-terminals', () => {
  const { open, take } = usePtyDesk();

  it('keeps head and tail of much output, and its memory', async () => {
    const terminal = await open('echo start; yes tandem | head -c 60000000; echo end');
    const watched: string[] = [];
    terminal.onData((text) => watched.push(text));
    const output = await take(terminal, 600_000);
    assert.equal(output.exitCode, 0);
    assert.match(output.text, /^start\r\n/);
    assert.match(output.text, /end\r\n$/);
    assert.ok(output.text.length < 1024 * 1024 + 100);
    assert.ok(output.omittedBytes > 55_000_000);
    // Those who watch get so much in each tick, however long the command takes.
    const ticks = output.wallMs / 15 + 2;
    assert.ok(watched.length <= ticks, `${watched.length} events in ${output.wallMs} ms`);
    const longest = Math.max(...watched.map(({ length }) => length));
    assert.ok(longest <= 64 * 1024 + 100, `${longest} characters at once`);
  });

  it('loses no last words, also where the host is too busy to read for a while', async () => {
    for (const busyMs of [0, 300]) {
      for (let round = 0; round < (busyMs > 0 ? 2 : 15); round++) {
        const terminal = await open('yes tandem | head -c 400000; echo end');
        terminal.onData(() => {
          const until = performance.now() + busyMs;
          while (performance.now() < until);
        });
        const { text } = await take(terminal, 60_000);
        assert.equal(text.length, 400_000 + Math.floor(400_000 / 7) + 'end\r\n'.length);
        assert.match(text, /end\r\n$/);
      }
    }
  });

  it('loses nothing of a flood, which waits for the person', async () => {
    const terminal = await open('seq 1 3000000 | sed s/^/line-/; echo the-end');
    let bytes = 0;
    let last = '';
    const watching = terminal.watch((text) => {
      bytes += text.length;
      last = (last + text).slice(-20);
    });
    await new Promise((resolve) => terminal.onExit(resolve));
    watching.dispose();
    assert.match(last, /the-end/);
    // Every number with five letters before it and a line end of two behind it.
    assert.equal(bytes, 22_888_896 + 3_000_000 * 5 + 3_000_000 + 'the-end\r\n'.length);
  }).timeout(60_000);

  it('goes on unhindered when the person stops looking at a flood', async () => {
    const terminal = await open('seq 1 20000000');
    const watching = terminal.watch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 300));
    watching.dispose();
    assert.equal((await take(terminal, 60_000)).exitCode, 0);
  }).timeout(60_000);
});
