import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createPtyTerminals } from '../../../../src/adapters/pty/ptyTerminals';
import { noSandbox } from '../../../../src/adapters/sandbox/noSandbox';
import type { Terminal, TerminalOutput } from '../../../../src/ports/terminal';
import { cleaned, usePtyDesk } from '../../../support/ptyDesk';

describe('commands in pseudo-terminals', () => {
  const desk = usePtyDesk();
  const { folder, open, take } = desk;
  const run = async (command: string, options = {}): Promise<TerminalOutput> =>
    cleaned(await take(await open(command, options)));

  /** Waits until a command has printed its process ids, then watches them go. */
  async function printed(terminal: Terminal, pattern: RegExp): Promise<RegExpExecArray> {
    let text = '';
    for (;;) {
      text += (await take(terminal, 50)).text;
      const found = pattern.exec(text);
      if (found) return found;
      assert.ok(terminal.running, text);
    }
  }

  it('hands over what a command printed and how it ended', async () => {
    const output = await run('echo one; echo two >&2; exit 3');
    assert.equal(output.text, 'one\ntwo\n');
    assert.equal(output.exitCode, 3);
    assert.equal(output.omittedBytes, 0);
  });

  it('counts a signal as 128 and its number', async () => {
    assert.equal((await run('kill -TERM $$')).exitCode, 143);
    assert.equal((await run('kill -KILL $$')).exitCode, 137);
  });

  it('runs in its folder, in a terminal of 120 by 30', async () => {
    folder().write('sub/x', '');
    const output = await run('pwd; stty size; test -t 1 && echo terminal', {
      cwd: folder().at('sub'),
    });
    assert.equal(output.text, `${folder().at('sub')}\n30 120\nterminal\n`);
  });

  it('asks for plain output without a tty and says what the terminal can do with one', async () => {
    const ask = 'echo $TERM,$NO_COLOR,$PAGER,$GIT_PAGER';
    assert.equal((await run(ask)).text, 'dumb,1,cat,cat\n');
    assert.equal((await run(ask, { tty: true })).text, 'xterm-256color,,,\n');
  });

  it('gives no secret to a command', async () => {
    const output = await run('env');
    assert.doesNotMatch(output.text, /canary|OPENAI/i);
    assert.match(output.text, /^PATH=/m);
  });

  it('returns while a command goes on, and later with the rest', async () => {
    const terminal = await open('echo first; read line; echo "got $line"');
    const first = await take(terminal, 300);
    assert.equal(first.exitCode, undefined);
    assert.match(first.text, /^first/);
    assert.equal(desk.terminals.get(terminal.id), terminal);
    terminal.write('hello\n');
    const last = await take(terminal);
    assert.match(last.text, /got hello/);
    assert.equal(last.exitCode, 0);
    assert.equal(desk.terminals.get(terminal.id), undefined);
  });

  it('keeps the last words of a command that ended unasked', async () => {
    const terminal = await open('sleep 0.05; echo bye');
    await new Promise<number>((resolve) => terminal.onExit(resolve));
    assert.equal(desk.terminals.get(terminal.id), terminal);
    assert.match((await take(terminal)).text, /bye/);
  });

  it('stops waiting when the signal aborts, and the command goes on', async () => {
    const terminal = await open('sleep 5');
    const output = await terminal.take({ yieldMs: 10_000, signal: AbortSignal.timeout(50) });
    assert.equal(output.exitCode, undefined);
    assert.equal(terminal.running, true);
  });

  it('tells those who watch everything in order, and the end last', async () => {
    const terminal = await open('for i in $(seq 500); do echo line $i; done');
    const heard: string[] = [];
    terminal.onData((text) => heard.push(text));
    await new Promise<void>((resolve) => {
      terminal.onExit((code) => {
        heard.push(`exit ${code}`);
        resolve();
      });
    });
    const lines = Array.from({ length: 500 }, (_, index) => `line ${index + 1}\r\n`);
    assert.equal(heard.join(''), `${lines.join('')}exit 0`);
    assert.ok(heard.length < 250, `${heard.length} events`);
  });

  it('survives output that is no text', async () => {
    const output = await run(
      `printf 'a\\000b\\377\\303\\n'; head -c 2000 /dev/urandom; printf 'z'`,
    );
    assert.equal(output.exitCode, 0);
    assert.match(output.text, /^ab\ufffd\ufffd\n/);
  });

  it('says which folder or shell cannot be used', async () => {
    const file = folder().write('file', '');
    await assert.rejects(open('true', { cwd: folder().at('none') }), /does not exist/);
    await assert.rejects(open('true', { cwd: file }), /is not a folder/);
    await assert.rejects(open('true', { shell: '/bin/none' }), /\/bin\/none cannot be run/);
    await assert.rejects(open('true', { shell: 'no-such-shell' }), /cannot be run/);
    await assert.rejects(open('a\0b'), /NUL/);
    await assert.rejects(open(`: ${'x'.repeat(200_000)}`), /longer than 128 KiB/);
    assert.equal((await run('echo ok', { shell: 'sh' })).text, 'ok\n');
  });

  it('says so when there is no node-pty', async () => {
    const broken = createPtyTerminals({
      cwd: folder().path,
      loadPty: () => {
        throw new Error('no binary');
      },
      environment: async () => ({ PATH: process.env.PATH ?? '' }),
      shell: '/bin/bash',
      sandbox: noSandbox(() => 'none here'),
    });
    const spec = { command: 'true', cwd: folder().path, tty: false };
    await assert.rejects(broken.open(spec), /could not be loaded/);
  });

  it('does not start what is to be confined where nothing can confine it', async () => {
    const opened = desk.terminals.open({
      command: 'touch made',
      cwd: folder().path,
      tty: false,
      confinement: { mode: 'workspace-write', root: folder().path },
    });
    await assert.rejects(opened, /none here/);
    assert.ok(!existsSync(folder().at('made')));
  });

  it('makes room by forgetting ended commands, never running ones', async () => {
    const running = await open('sleep 30');
    const ended: Terminal[] = [];
    for (let n = 0; n < 63; n++) ended.push(await open(':'));
    await Promise.all(
      ended.map(async (terminal) => {
        while (terminal.running) await sleep(5);
      }),
    );
    await open(':');
    assert.equal(desk.terminals.get(running.id), running);
    assert.equal(desk.terminals.get(ended[0]?.id ?? 0), undefined);
    assert.equal(desk.terminals.get(ended[1]?.id ?? 0), ended[1]);
  });

  describe('killing', () => {
    const alive = (pid: number) => {
      try {
        return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
      } catch {
        return false;
      }
    };

    before(function () {
      if (!existsSync('/proc/self/stat')) this.skip();
    });

    for (const [name, command] of [
      ['a child', 'sleep 60 & echo "pid $!"; wait'],
      [
        'one that ignores polite signals',
        `bash -c 'trap "" INT HUP TERM; echo "pid $$"; while :; do sleep 1; done'`,
      ],
      [
        'a session of its own',
        'setsid sleep 60 & sleep 0.1; echo "pid $(pgrep -n -f "^sleep 60")"; wait',
      ],
      ['a stopped child', 'sleep 60 & kill -STOP $!; echo "pid $!"; wait'],
      [
        'a daemon whose parents are gone',
        `(setsid bash -c 'echo "pid $$"; exec sleep 60' &) ; sleep 60`,
      ],
    ] as const) {
      it(`ends ${name}`, async () => {
        const terminal = await open(command);
        const [, pid] = await printed(terminal, /pid (\d+)/);
        assert.ok(alive(Number(pid)));
        await terminal.kill();
        assert.equal(terminal.running, false);
        assert.equal(alive(Number(pid)), false);
      });
    }

    it('lets a program clean up when it is asked politely', async () => {
      const terminal = await open(
        `bash -c 'trap "echo cleaned > done; exit 7" INT; echo ready; while :; do sleep 0.02; done'`,
      );
      await printed(terminal, /ready/);
      await terminal.kill();
      assert.equal(readFileSync(folder().at('done'), 'utf8'), 'cleaned\n');
    });

    it('ends what a command left behind when everything is killed', async () => {
      const terminal = await open(`setsid bash -c 'echo "pid $$"; exec sleep 60' & sleep 0.2`);
      const [, pid] = await printed(terminal, /pid (\d+)/);
      while ((await take(terminal)).exitCode === undefined) await sleep(10);
      assert.equal(desk.terminals.get(terminal.id), undefined);
      assert.ok(alive(Number(pid)));
      await desk.terminals.killAll();
      assert.equal(alive(Number(pid)), false);
    });

    it('is harmless twice, and after the end', async () => {
      const terminal = await open('sleep 60');
      await Promise.all([terminal.kill(), terminal.kill()]);
      await terminal.kill();
      terminal.write('x');
      terminal.resize(80, 24);
      assert.equal(typeof (await take(terminal)).exitCode, 'number');
    });
  });

  describe('that a person looks at', () => {
    const watch = (terminal: Terminal) => {
      const seen = { text: '', ended: false };
      terminal.watch((text) => {
        assert.ok(!seen.ended, 'everything comes before the end');
        seen.text += text;
      });
      terminal.onExit(() => (seen.ended = true));
      return seen;
    };

    it('show what was printed before, also what the agent took already, and then the rest', async () => {
      const terminal = await open('echo first; read x; echo "got $x"');
      await printed(terminal, /first/);
      const seen = watch(terminal);
      assert.match(seen.text, /first/);
      terminal.typeAsPerson('word\n');
      const output = await take(terminal);
      assert.match(seen.text, /got word/);
      assert.equal(output.personTyped, true);
    });

    it('are taken over by the first key, and handed back', async () => {
      const terminal = await open('read a; read b; echo "$a-$b"');
      assert.equal(terminal.takenOver, false);
      terminal.typeAsPerson('x\n');
      assert.equal(terminal.takenOver, true);
      terminal.handBack();
      assert.equal(terminal.takenOver, false);
      assert.equal((await take(terminal, 10)).personTyped, true);
      terminal.write('y\n');
      const output = await take(terminal);
      assert.match(output.text, /x-y/);
      assert.equal(output.personTyped, undefined, 'told once');
    });

    it('follow the size of the person’s terminal and get their own back', async () => {
      const terminal = await open(
        'trap "stty size" WINCH; echo ready; while sleep 0.05; do :; done',
      );
      await printed(terminal, /ready/);
      terminal.resize(77, 22);
      await printed(terminal, /22 77/);
      terminal.handBack();
      await printed(terminal, /30 120/);
    });

    it('list those that run', async () => {
      const [first, second] = [await open('sleep 30'), await open('true')];
      await take(second);
      assert.deepEqual(desk.terminals.running, [first]);
    });
  });
});
