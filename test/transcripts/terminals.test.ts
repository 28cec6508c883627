import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assertTook } from '../support/assertTook';
import {
  functionCall,
  message,
  respond,
  type ScriptedRequest,
  type Step,
} from '../support/scriptedServer';
import { startTestThreads, type TestThreads } from '../support/testThreads';

describe('a command at the terminal', () => {
  let agent: TestThreads;
  afterEach(() => agent.dispose());

  const run = (cmd: string, more: object = {}) =>
    respond(functionCall('exec_command', { cmd, yield_time_ms: 250, ...more }, 'c1'));
  const type =
    (chars: string) =>
    (request: ScriptedRequest): Step => {
      const session = Number(/session ID (\d+)/.exec(request.outputOf('c1')!)?.[1]);
      return respond(
        functionCall('write_stdin', { session_id: session, chars, yield_time_ms: 5000 }, 'c2'),
      );
    };
  const outputs = () => {
    const last = agent.server.requests.at(-1)!;
    return [last.outputOf('c1') ?? '', last.outputOf('c2') ?? ''] as const;
  };

  describe('that waits for somebody', () => {
    const cases: {
      name: string;
      needs?: string;
      cmd: string;
      tty?: boolean;
      chars: string;
      shown: RegExp;
      then: RegExp;
    }[] = [
      {
        name: 'for input',
        cmd: 'read -p "Name: " name; echo "hello $name"',
        chars: 'Ada\n',
        shown: /Name: /,
        then: /exited with code 0[^]*hello Ada/,
      },
      {
        name: 'for a password',
        cmd: 'read -s -p "Password: " word; echo; echo "${#word} letters"',
        chars: 'hidden\n',
        shown: /Password: /,
        then: /exited with code 0[^]*6 letters/,
      },
      {
        name: 'in a pager',
        needs: 'less',
        cmd: 'seq 1000 | less',
        tty: true,
        chars: 'q',
        shown: /1\n2\n3/,
        then: /exited with code 0/,
      },
      {
        name: 'in an editor',
        needs: 'vi',
        cmd: 'vi notes.txt; cat notes.txt',
        tty: true,
        chars: 'ihello from vi\u001b:wq\n',
        shown: /notes\.txt/,
        then: /exited with code 0[^]*hello from vi/,
      },
      {
        name: 'at a prompt for its own input that never ends',
        cmd: 'cat > copy.txt; wc -c < copy.txt',
        chars: 'abc\n\u0004',
        shown: /session ID/,
        then: /exited with code 0[^]*4/,
      },
    ];
    for (const { name, needs, cmd, tty = false, chars, shown, then } of cases) {
      it(`${name} is handed back in time, and the model can answer it`, async function () {
        if (needs !== undefined && !isInstalled(needs)) {
          console.log(`      skipped: ${needs} is not installed`);
          this.skip();
        }
        agent = await startTestThreads({}, [
          run(cmd, { tty }),
          type(chars),
          respond(message('ok')),
        ]);
        const startedAt = performance.now();
        await agent.ask('go');
        await assertTook(performance.now() - startedAt, 20_000);
        const [first, second] = outputs();
        assert.match(first, /Process running with session ID \d+/);
        assert.match(first, shown);
        assert.match(second, then);
        assert.doesNotMatch(first + second, unreadable);
        assert.equal(agent.thread.state.turns.at(-1)?.status, 'completed');
      });
    }

    it('and is answered by nobody does not hold the turn, and ends with the thread', async () => {
      agent = await startTestThreads({}, [
        run('read -s -p "Password: " x'),
        respond(message('ok')),
      ]);
      await agent.ask('go');
      assert.equal(agent.thread.state.turns.at(-1)?.status, 'completed');
      assert.match(outputs()[0], /running with session ID/);
    });
  });

  describe('that prints what no terminal should', () => {
    const noise: [string, string, RegExp][] = [
      [
        'bytes that are no UTF-8',
        String.raw`printf 'a\xff\xfe\xc3(\xe2\x82b\xf0\x9fc\n'`,
        /a�.*\(.*b.*c/,
      ],
      ['NULs and other control bytes', String.raw`printf 'a\0b\001\002\007\016c\177d\n'`, /abcd/],
      [
        'a million carriage returns',
        String.raw`head -c 1000000 /dev/zero | tr '\0' '\r'; echo done`,
        /done/,
      ],
      [
        'a progress bar',
        String.raw`for i in 1 2 3; do printf '\r%s0%%' $i; done; echo`,
        /Output:\n30%/,
      ],
      [
        'colours and titles',
        String.raw`printf '\033]0;title\007\033[1;31mred\033[0m\n'`,
        /Output:\nred/,
      ],
      [
        'the C1 forms of escapes, and half of one at the end',
        String.raw`printf 'x\302\23331my\033[3'`,
        /Output:\nxy/,
      ],
      ['lone halves of surrogates', String.raw`printf 'a\xed\xa0\x80b\n'`, /a�+b/],
    ];
    for (const [name, cmd, text] of noise) {
      it(`${name}: the model reads clean text and the journal stays whole`, async () => {
        agent = await startTestThreads({}, [
          run(cmd, { yield_time_ms: 10_000 }),
          respond(message('ok')),
        ]);
        await agent.ask('go');
        const [output] = outputs();
        assert.match(output, text);
        assert.doesNotMatch(output, unreadable);
        assertJournalIsJson();
      });
    }

    it('an escape sequence cut by the wait: neither half reaches the model', async () => {
      agent = await startTestThreads({}, [
        run(String.raw`stty -echo; printf 'one\033[3'; read go; printf '1mtwo\033[0m\n'`),
        type('\n'),
        respond(message('ok')),
      ]);
      await agent.ask('go');
      const [first, second] = outputs();
      assert.match(first, /Output:\none$/);
      assert.match(second, /two/);
      assert.doesNotMatch(second, /1mtwo/);
      assertJournalIsJson();
    });
  });

  it('that prints much says once how much, and how many lines', async () => {
    agent = await startTestThreads({}, [
      run('seq 20000', { yield_time_ms: 10_000 }),
      respond(message('ok')),
    ]);
    await agent.ask('go');
    const [output] = outputs();
    assert.equal(output.match(/original token count/gi)?.length, 1);
    assert.match(
      output,
      /Original token count: 27224\nOutput:\nTotal output lines: 20000\n\n1\n2\n[^]*…17224 tokens truncated…[^]*20000\n$/,
    );
  });

  function assertJournalIsJson(): void {
    const journals = readdirSync(agent.stateFolder, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.jsonl'),
    );
    assert.ok(journals.length > 0);
    for (const name of journals) {
      const bytes = readFileSync(join(agent.stateFolder, name));
      const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
      for (const line of text.trimEnd().split('\n')) {
        // A line begins with its checksum.
        assert.equal(typeof JSON.parse(line.slice(line.indexOf('{'))), 'object');
        assert.doesNotMatch(line, /\0/);
      }
    }
  }
});

/** Control characters that are no part of a text. */

const unreadable = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/;

function isInstalled(program: string): boolean {
  try {
    execFileSync('/bin/sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
