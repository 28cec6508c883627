import assert from 'node:assert/strict';
import { decide } from '../../../src/policy/decide';
import { matchesRule, prefixRule } from '../../../src/policy/prefixRules';
import { command, parser, situation } from '../../support/askingPolicy';

const words = (line: string) => line.split(' ');

describe('rules that one approval may become', () => {
  before(() => parser.load());

  const offered: Array<[line: string, rule: string]> = [
    ['npm test', 'npm test'],
    ['npm test -- slug', 'npm test'],
    ['npm run build', 'npm run build'],
    ['npm run build:docs --silent', 'npm run build:docs'],
    ['cargo build --release', 'cargo build'],
    ['go test ./...', 'go test'],
    ['pytest tests/a.py', 'pytest'],
    ['eslint src --fix', 'eslint'],
  ];
  for (const [line, rule] of offered) {
    it(`offers ${rule} for ${line}`, () => {
      assert.deepEqual(prefixRule(words(line), undefined), words(rule));
    });
  }

  const suggested: Array<[line: string, suggestion: string]> = [
    ['poetry run pytest', 'poetry run pytest'],
    ['bundle check', 'bundle check'],
    ['git commit -q', 'git commit'],
    ['git add src', 'git add'],
  ];
  for (const [line, suggestion] of suggested) {
    it(`takes the suggestion ${suggestion} for ${line}`, () => {
      assert.deepEqual(prefixRule(words(line), words(suggestion)), words(suggestion));
    });
  }

  const refused: Array<[line: string, suggestion: string]> = [
    ['bash x.sh', 'bash'],
    ['bash -c ls', 'bash -c'],
    ['python3 -m http.server', 'python3 -m'],
    ['node x.js', 'node x.js'],
    ['env A=1 ls', 'env'],
    ['sudo ls x', 'sudo ls'],
    ['npx vitest', 'npx vitest'],
    ['npm exec x', 'npm exec'],
    ['npm install x', 'npm install'],
    ['git push', 'git push'],
    ['git push', 'git'],
    ['git checkout x', 'git checkout'],
    ['git reset --hard', 'git reset'],
    ['rm -rf src', 'rm -rf'],
    ['rm x', 'rm'],
    ['curl example.com', 'curl example.com'],
    ['mv a b', 'mv a'],
    ['touch a', ''],
    ['touch a', 'touch'],
    ['touch a', 'touch b'],
    ['poetry run x', 'poetry run'],
    ['make x', 'make x'],
    ['docker run x', 'docker run'],
    ['foo "$x"', 'foo "$x"'],
  ];
  for (const [line, suggestion] of refused) {
    it(`does not take the suggestion ${JSON.stringify(suggestion)} for ${line}`, () => {
      assert.equal(prefixRule(words(line), suggestion === '' ? [] : words(suggestion)), undefined);
    });
  }

  it('matches further names of files here and harmless options, and nothing that leads elsewhere', () => {
    const covers = (line: string) => matchesRule(words(line), ['npm', 'test']);
    for (const line of [
      'npm test',
      'npm test -- a.test.js',
      'npm test --silent',
      'npm test src/a',
    ]) {
      assert.ok(covers(line), line);
    }
    for (const line of [
      'npm run test',
      'npm',
      'npm testing',
      'npm test --prefix=/x',
      'npm test --script-shell=./x',
      'npm test /etc/x',
      'npm test ../x',
      'npm test A=1',
      'npm test --node-options=--require=x',
    ]) {
      assert.ok(!covers(line), line);
    }
  });

  it('is shown with all it would match before it is taken, and covers reading parts beside it', () => {
    const thread = situation({ approvalPolicy: 'on-request' });
    const asked = decide(command('npm test'), thread);
    assert.ok(asked.kind === 'ask');
    assert.equal(
      asked.grant?.text,
      'npm test, also with names of files here and harmless options, in /projects/app, outside a sandbox',
    );
    thread.grants.remember(asked.grant);
    for (const line of [
      'npm test',
      'npm test a.js',
      'npm test 2>&1 | tail -n 20',
      'npm test; ls',
    ]) {
      assert.deepEqual(decide(command(line), thread), {
        kind: 'allow',
        readOnly: false,
        by: 'grant',
      });
    }
    for (const line of [
      'npm test && rm -rf x',
      'npm test; npm i',
      'npm test > f',
      'cd x && npm test',
    ]) {
      assert.equal(decide(command(line), thread).kind, 'ask', line);
    }
    const elsewhere = { ...command('npm test'), cwd: '/projects/app/sub' };
    assert.equal(decide(elsewhere, thread).kind, 'ask');
    const shell = { ...command('npm test'), unusualShell: true };
    assert.equal(decide(shell, thread).kind, 'ask');
  });

  for (const [approved, others] of [
    ['npm test && npm publish', ['npm test || npm publish', 'npm test; npm publish']],
    ['echo hi && bash', ['echo hi | bash', 'echo hi; bash', 'echo hi\nbash']],
    ['cat a | python3', ['cat a; python3', 'cat a && python3']],
    ['touch a 2>/dev/null', ['touch a']],
    ['touch "a"\\ ', ['touch "a"\\']],
  ] as const) {
    it(`A26 approves exactly ${approved}, not its words joined in another way`, () => {
      const thread = situation();
      const asked = decide(command(approved), thread);
      thread.grants.remember((asked.kind === 'ask' && asked.grant) || assert.fail());
      assert.equal(decide(command(approved), thread).kind, 'allow');
      for (const other of others) assert.equal(decide(command(other), thread).kind, 'ask', other);
    });
  }

  it('knows the line again with blanks around it', () => {
    const thread = situation();
    const asked = decide(command('npm ci && npm publish'), thread);
    thread.grants.remember((asked.kind === 'ask' && asked.grant) || assert.fail());
    assert.equal(decide(command(' npm ci && npm publish\n'), thread).kind, 'allow');
  });

  it('is not offered for what destroys work or for several commands', () => {
    for (const line of ['git commit -m x && npm publish', 'npm test && touch x', 'rm -rf dist']) {
      const asked = decide(command(line, { suggestedPrefix: ['npm', 'test'] }), situation());
      assert.ok(asked.kind === 'ask');
      assert.match(asked.grant?.text ?? '', /^exactly /);
    }
  });
});
