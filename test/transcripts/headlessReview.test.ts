import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { makeRepository, git } from '../support/gitRepository';
import { answeredFinding, reviewAnswer } from '../support/reviewAnswers';
import { runHeadless, type HeadlessResult } from '../support/runHeadless';
import {
  httpError,
  message,
  respond,
  startScriptedServer,
  type Script,
  type ScriptedServer,
} from '../support/scriptedServer';
import { useTempFolder } from '../support/tempFolder';

describe('tandem exec review', () => {
  const folder = useTempFolder({ 'ws/a.js': 'exports.a = 1;\n' });
  let server: ScriptedServer;
  beforeEach(() => makeRepository(folder().at('ws')));
  afterEach(() => server?.close());

  async function run(script: Script, args: string[], stdin = ''): Promise<HeadlessResult> {
    server = await startScriptedServer(script);
    const env = {
      OPENAI_API_KEY: 'sk-canary',
      OPENAI_BASE_URL: server.baseUrl,
      TANDEM_HOME: folder().at('home'),
      HOME: folder().at('home'),
    };
    return runHeadless({ cwd: folder().at('ws'), args: ['exec', 'review', ...args], env, stdin });
  }

  const change = () => appendFileSync(folder().at('ws/a.js'), 'exports.b = c;\n');
  const found = () =>
    respond(message(reviewAnswer(answeredFinding(folder().at('ws/a.js'), [2, 2]))));

  it('lists findings as text on stdout and exits 0', async () => {
    change();
    const result = await run([found()], ['--uncommitted', 'Look at b.']);
    assert.equal(result.code, 0, result.stderr);
    assert.equal(
      result.stdout,
      [
        'Review of uncommitted changes: faulty, 1 finding',
        '',
        'a.js:2: major: Replace every space (90 % sure)',
        '  Only the first space becomes a dash, so `a b c` gives `a-b c`.',
        '',
        'It is wrong for long names.',
        '',
      ].join('\n'),
    );
    assert.match(server.requests[0]!.raw, /instruction_of_the_person>\\nLook at b\./);
  });

  it('tells the review as one item in JSON lines', async () => {
    change();
    const result = await run([found()], ['--json']);
    assert.equal(result.code, 0, result.stderr);
    assert.deepEqual(
      result.lines.map(({ type, item }) => (item ? `${type} ${item.type}` : type)),
      ['thread.started', 'turn.started', 'item.completed review', 'turn.completed'],
    );
    const { id: _, ...item } = result.lines[2]!.item!;
    assert.deepEqual(item, {
      type: 'review',
      target: { kind: 'uncommitted' },
      findings: [
        {
          title: 'Replace every space',
          body: 'Only the first space becomes a dash, so `a b c` gives `a-b c`.',
          severity: 'major',
          confidence: 0.9,
          path: 'a.js',
          start_line: 2,
          end_line: 2,
        },
      ],
      verdict: 'faulty',
      explanation: 'It is wrong for long names.',
      status: 'completed',
    });
  });

  it('reviews a branch against its base, and one commit', async () => {
    git(folder().at('ws'), 'checkout', '-qb', 'topic');
    change();
    git(folder().at('ws'), 'commit', '-qam', 'topic');
    const base = await run([respond(message(reviewAnswer()))], ['--base', 'main']);
    assert.equal(base.code, 0, base.stderr);
    assert.match(base.stdout, /^Review of changes since main: sound, no findings\n/);
    assert.match(server.requests[0]!.raw, /\+exports\.b = c;/);
    await server.close();
    const commit = await run([found()], ['--commit', 'HEAD', '-'], 'From stdin.');
    assert.equal(commit.code, 0, commit.stderr);
    assert.match(commit.stdout, /^Review of commit HEAD: faulty, 1 finding\n/);
    assert.match(server.requests[0]!.raw, /From stdin\./);
  });

  it('says what cannot be reviewed without asking the model', async () => {
    const nothing = await run([], []);
    assert.equal(nothing.code, 1);
    assert.match(nothing.stderr, /nothing to review: no uncommitted changes/);
    await server.close();
    const unknown = await run([], ['--base', 'nowhere']);
    assert.equal(unknown.code, 1);
    assert.match(unknown.stderr, /no commit or branch named nowhere/);
    await server.close();
    const nowhere = await run([], ['--uncommitted', '-C', folder().path]);
    assert.equal(nowhere.code, 1);
    assert.match(nowhere.stderr, /needs a git repository/);
    assert.deepEqual(server.requests, []);
  });

  it('exits 1 where the model fails, and 2 for a wrong command line', async () => {
    change();
    const failed = await run([httpError(400)], []);
    assert.equal(failed.code, 1);
    await server.close();
    const two = await run([], ['--base', 'main', '--uncommitted']);
    assert.equal(two.code, 2);
    assert.match(two.stderr, /Give one of --base/);
  });
});
