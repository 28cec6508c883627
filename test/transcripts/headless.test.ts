import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  customCall,
  functionCall,
  hang,
  message,
  respond,
  startScriptedServer,
  type Script,
  type ScriptedServer,
} from '../support/scriptedServer';
import { runHeadless, type HeadlessOptions, type HeadlessResult } from '../support/runHeadless';
import { useTempFolder } from '../support/tempFolder';

const patch = `*** Begin Patch
*** Update File: src/slug.js
@@
-exports.slug = (s) => s.replace(' ', '-');
+exports.slug = (s) => s.replaceAll(' ', '-');
*** Add File: made.txt
+new
*** End Patch`;

const job: Script = [
  respond(
    message('Looking.', { phase: 'commentary' }),
    functionCall('update_plan', { plan: [{ step: 'Fix', status: 'in_progress' }] }, 'c1'),
    functionCall('exec_command', { cmd: 'cat src/slug.js' }, 'c2'),
  ),
  respond(
    customCall('apply_patch', patch, 'c3'),
    functionCall('exec_command', { cmd: "sed -i 's/first/every/' notes.md && rm old.txt" }, 'c4'),
    functionCall('update_plan', { plan: [{ step: 'Fix', status: 'completed' }] }, 'c5'),
  ),
  respond(message('Fixed in src/slug.js:1.', { phase: 'final_answer' })),
];

const allowAll = '--dangerously-bypass-approvals-and-sandbox';

describe('tandem exec', () => {
  const folder = useTempFolder({
    'ws/src/slug.js': "exports.slug = (s) => s.replace(' ', '-');\n",
    'ws/notes.md': 'first\n',
    'ws/old.txt': 'old\n',
  });
  let server: ScriptedServer;
  afterEach(() => server?.close());

  async function run(script: Script, args: string[], more: Partial<HeadlessOptions> = {}) {
    server = await startScriptedServer(script);
    return runAgain(args, more);
  }

  function runAgain(args: string[], more: Partial<HeadlessOptions> = {}): Promise<HeadlessResult> {
    const env = {
      OPENAI_API_KEY: 'sk-canary',
      OPENAI_BASE_URL: server.baseUrl,
      TANDEM_HOME: folder().at('home'),
      HOME: folder().at('home'),
      ...more.env,
    };
    return runHeadless({ cwd: folder().at('ws'), ...more, args, env });
  }

  function assertJobDone(result: HeadlessResult): void {
    assert.equal(result.code, 0, result.stderr);
    assert.deepEqual(server.violations, []);
    assert.match(readFileSync(folder().at('ws/src/slug.js'), 'utf8'), /replaceAll/);
    const changed = result.lines
      .filter(({ type, item }) => type === 'item.completed' && item?.type === 'file_change')
      .flatMap(({ item }) => item!.changes as { path: string; kind: string }[]);
    assert.deepEqual(changed.map(({ path, kind }) => `${kind} ${path}`).sort(), [
      'add made.txt',
      'delete old.txt',
      'update notes.md',
      'update src/slug.js',
    ]);
  }

  it('does the job in a plain folder and tells it in JSON lines', async () => {
    const result = await run(job, ['exec', '--json', allowAll, 'fix slug']);
    assertJobDone(result);
    const kinds = result.lines.map(({ type, item }) => (item ? `${type} ${item.type}` : type));
    assert.deepEqual(
      kinds.filter((kind) => !kind.endsWith('file_change')),
      [
        'thread.started',
        'turn.started',
        'item.completed agent_message',
        'item.started todo_list',
        'item.started command_execution',
        'item.completed command_execution',
        'item.started command_execution',
        'item.completed command_execution',
        'item.updated todo_list',
        'item.completed agent_message',
        'item.completed todo_list',
        'turn.completed',
      ],
    );
    const cat = result.lines.find(
      ({ item }) => item?.command === 'cat src/slug.js' && item.status === 'completed',
    );
    assert.equal(cat?.item?.exit_code, 0);
    assert.match(String(cat?.item?.aggregated_output), /exports\.slug/);
    assert.deepEqual(result.lines.at(-1), {
      type: 'turn.completed',
      usage: {
        input_tokens: 300,
        cached_input_tokens: 0,
        output_tokens: 60,
        reasoning_output_tokens: 0,
      },
    });
  });

  it("does the job in a repository and leaves everything of git's alone", async () => {
    const git = (...args: string[]) =>
      execFileSync('git', args, { cwd: folder().at('ws'), encoding: 'utf8' });
    git('init', '-q');
    git('config', 'user.email', 'a@b');
    git('config', 'user.name', 'a');
    git('add', 'src');
    git('commit', '-qm', 'first');
    git('add', 'notes.md');
    const before = fingerprint(folder().at('ws/.git'));
    assertJobDone(await run(job, ['exec', '--json', allowAll, 'fix slug']));
    assert.deepEqual(fingerprint(folder().at('ws/.git')), before);
    assert.match(git('status', '--short'), /AM notes\.md\n M src\/slug\.js\n\?\? made\.txt/);
  });

  it('prints the final message on stdout and progress on stderr, and writes it where asked', async () => {
    const last = folder().at('last.txt');
    const result = await run(job, ['exec', allowAll, '-o', last, '-'], { stdin: 'fix slug' });
    assert.equal(result.stdout, 'Fixed in src/slug.js:1.\n');
    assert.match(result.stderr, /Looking\.[^]*\$ cat src\/slug\.js[^]*exit 0/);
    assert.equal(readFileSync(last, 'utf8'), 'Fixed in src/slug.js:1.');
    assert.match(JSON.stringify(server.requests[0]!.body.input), /fix slug/);
  });

  it('denies what needs a person, says so, and lets reading and edits go on', async () => {
    const leaving = {
      cmd: 'rm old.txt',
      sandbox_permissions: 'require_escalated',
      justification: 'It is old.',
    };
    const script = [
      job[0]!,
      respond(customCall('apply_patch', patch, 'c3'), functionCall('exec_command', leaving, 'c4')),
      job[2]!,
    ];
    const result = await run(script, ['exec', '--json', 'fix slug']);
    assert.equal(result.code, 0, result.stderr);
    assert.match(readFileSync(folder().at('ws/src/slug.js'), 'utf8'), /replaceAll/);
    assert.ok(existsSync(folder().at('ws/old.txt')));
    assert.match(server.requests[2]!.outputOf('c4')!, /no person to ask/);
    assert.ok(
      result.lines.some(
        ({ item }) => item?.type === 'error' && /nobody can be asked/.test(String(item.message)),
      ),
    );
  });

  it('keeps the key from commands, journals and output', async () => {
    const script = [
      respond(
        functionCall(
          'exec_command',
          { cmd: 'env; echo $OPENAI_API_KEY; cat /proc/$$/environ' },
          'c1',
        ),
      ),
      respond(message('Nothing there.')),
    ];
    const result = await run(script, ['exec', '--json', allowAll, 'look']);
    assert.equal(result.code, 0, result.stderr);
    assert.doesNotMatch(server.requests[1]!.raw, /sk-canary/);
    assert.doesNotMatch(result.stdout + result.stderr, /sk-canary/);
    for (const file of filesBelow(folder().at('home'))) {
      assert.doesNotMatch(readFileSync(file, 'utf8'), /sk-canary/, file);
    }
  });

  it('goes on after kill -9: opens, answers each call once, runs nothing again', async () => {
    const first = await run(
      [
        respond(functionCall('exec_command', { cmd: 'echo ran >> log; sleep 30' }, 'c1')),
        respond(message('Going on.')),
      ],
      ['exec', '--json', allowAll, 'first prompt'],
      {
        onStart: (child) => {
          const looking = setInterval(() => {
            const log = statSync(folder().at('ws/log'), { throwIfNoEntry: false });
            if (!log || log.size === 0) return;
            clearInterval(looking);
            child.kill('SIGKILL');
          }, 20);
        },
      },
    );
    assert.equal(first.code, null);
    const second = await runAgain([
      'exec',
      'resume',
      '--last',
      '--json',
      allowAll,
      'second prompt',
    ]);
    assert.equal(second.code, 0, second.stderr);
    assert.deepEqual(server.violations, []);
    const sent = server.requests[1]!.raw;
    assert.match(sent, /first prompt[^]*second prompt/);
    assert.match(server.requests[1]!.outputOf('c1')!, /interrupted/);
    assert.equal(readFileSync(folder().at('ws/log'), 'utf8'), 'ran\n');
  });

  it('fails with the code limit where a limit from the command line is reached', async () => {
    const result = await run(
      [respond(functionCall('exec_command', { cmd: 'touch made' }, 'c1'))],
      ['exec', '--json', allowAll, '-c', 'limits.tokens=50', '-C', folder().at('ws'), 'go'],
    );
    assert.equal(result.code, 1, result.stderr);
    assert.equal((result.lines.at(-1)?.error as { code: string }).code, 'limit');
    assert.match(JSON.stringify(result.lines), /limit of 50 tokens/);
    assert.equal(existsSync(folder().at('ws/made')), false);
  });

  it('exits with 130 when it is interrupted', async () => {
    const result = await run([hang()], ['exec', '--json', 'wait'], {
      onStart: (child) => {
        child.stdout?.on('data', (text: string) => {
          if (text.includes('turn.started')) child.kill('SIGINT');
        });
      },
    });
    assert.equal(result.code, 130, result.stderr);
    assert.equal((result.lines.at(-1)?.error as { code: string }).code, 'interrupted');
  });

  it('follows an output schema and attaches images', async () => {
    const schema = folder().write('schema.json', '{"type":"object"}');
    const image = folder().write('a.png', Buffer.from('89504e470d0a1a0a', 'hex'));
    const args = ['exec', '--output-schema', schema, '-i', image, '--ephemeral', 'look'];
    const result = await run([respond(message('{}'))], args);
    assert.equal(result.code, 0, result.stderr);
    const body = server.requests[0]!.body as unknown as { text: { format: { schema: unknown } } };
    assert.deepEqual(body.text.format.schema, { type: 'object' });
    assert.match(server.requests[0]!.raw, /data:image\/png;base64,iVBORw0KGgo=/);
    assert.equal(existsSync(folder().at('home/threads')), false);
  });

  it('says what is wrong with a missing key, a wrong server and a wrong command line', async () => {
    const noKey = await run([], ['exec', 'x'], { env: { OPENAI_API_KEY: '' } });
    assert.equal(noKey.code, 1);
    assert.match(noKey.stderr, /key/i);
    const wrongServer = await runAgain(
      ['exec', '-c', 'baseUrl=http://127.0.0.1:1/v1', '--json', 'x'],
      {
        onStart: (child) => {
          let told = '';
          child.stdout?.on('data', (text: string) => {
            told += text;
            if (told.includes('127.0.0.1')) child.kill('SIGINT');
          });
        },
      },
    );
    assert.match(wrongServer.stdout, /127\.0\.0\.1/);
    for (const args of [
      ['exec', '-C', '/no/such/folder', 'x'],
      ['exec', ''],
      ['exec', '--mode', 'x', 'y'],
      [],
    ]) {
      const result = await runAgain(args);
      assert.equal(result.code, 2, args.join(' '));
      assert.match(result.stderr, /^tandem: .+\nTry `tandem --help`\.\n$/s);
    }
  });

  it('lists, shows and deletes threads', async () => {
    await run(job, ['exec', '--json', allowAll, 'fix slug']);
    const listed = await runAgain(['threads', 'list']);
    const id = listed.stdout.split(' ')[0]!;
    assert.match(listed.stdout, /fix slug\n$/);
    const shown = await runAgain(['threads', 'show', id]);
    assert.match(
      shown.stdout,
      /> fix slug[^]*Looking\.[^]*\$ cat src\/slug\.js {2}\(exit 0\)[^]*Fixed in/,
    );
    const lines = (await runAgain(['threads', 'show', id, '--json'])).stdout.trim().split('\n');
    const events = lines.map((line) => JSON.parse(line) as { seq: number; type: string });
    assert.deepEqual(
      events.map(({ seq }) => seq),
      events.map((_event, index) => index + 1),
    );
    assert.equal(events[0]?.type, 'thread.started');
    const document = await runAgain(['threads', 'show', id, '--markdown']);
    assert.match(
      document.stdout,
      /^# fix slug\n[^]*## You\n\nfix slug[^]*\$ cat src\/slug\.js[^]*```diff[^]*## Tandem/,
    );
    assert.equal((await runAgain(['threads', 'show', id, '--json', '--markdown'])).code, 2);
    assert.equal((await runAgain(['threads', 'delete', id])).code, 0);
    assert.equal((await runAgain(['threads', 'list'])).stdout, '');
    assert.equal((await runAgain(['threads', 'show', id])).code, 1);
  });
});

function filesBelow(path: string): string[] {
  mkdirSync(path, { recursive: true });
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => join(path, name))
    .filter((file) => statSync(file).isFile());
}

/** Every file of a folder by its content. */
function fingerprint(path: string): Record<string, string> {
  return Object.fromEntries(
    filesBelow(path).map((file) => [
      file,
      createHash('sha1').update(readFileSync(file)).digest('hex'),
    ]),
  );
}
