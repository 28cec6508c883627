import assert from 'node:assert/strict';
import { claimedChecks } from '../../../src/agent/checkClaims';
import { checkOf } from '../../../src/agent/checkCommands';
import { findEvidence } from '../../../src/agent/evidence';
import type { CommandExecutionItem, FileChangeItem } from '../../../src/protocol/items';

function command(id: string, text: string, exitCode = 0): CommandExecutionItem {
  return {
    ...{ id, type: 'commandExecution', status: 'completed', command: text, cwd: '/w' },
    ...{ output: '', exitCode, durationMs: 500, readOnly: false },
  };
}

function edit(id: string, path: string, commandItemId?: string): FileChangeItem {
  return {
    ...{ id, type: 'fileChange', status: 'completed' },
    changes: [{ path, kind: 'update', diff: '', added: 1, removed: 1 }],
    ...(commandItemId === undefined ? {} : { commandItemId }),
  };
}

const kindsOf = (line: string) => checkOf(line)?.kinds[0];
const verdicts = (entries: Parameters<typeof findEvidence>[0], message = '') =>
  findEvidence(entries, message).map(
    ({ verdict, commandItemId, label }) => `${verdict} ${commandItemId ?? label}`,
  );

describe('checkOf', () => {
  const known: ReadonlyArray<readonly [string, readonly string[]]> = [
    [
      'test',
      [
        'npm test',
        'npm t -- --grep slug',
        'pnpm -r test',
        'yarn workspace api test:unit',
        'npm --prefix web run test',
        'npm -w web test',
        'bun test',
        'node --test',
        'node test.js',
        'node ./src/slug.spec.mjs',
        'npx mocha test/a.js',
        './node_modules/.bin/jest -i',
        'CI=1 timeout 60 npx vitest run',
        'pytest -q tests',
        'python3 -m pytest',
        'uv run pytest',
        'python -m unittest',
        'python manage.py test',
        'go test ./...',
        'cargo test',
        'make test',
        'make -j 4 check',
        './gradlew :app:test',
        'bash test.sh',
        'cd web && npm test',
        '(cd web && npm test)',
        'bash -lc "npm test"',
        'dotnet test',
        'set -o pipefail; npm test | tee out.txt',
      ],
    ],
    ['lint', ['npx eslint .', 'npm run lint:fix', 'ruff check .', 'cargo clippy', 'go vet ./...']],
    ['lint', ['npx prettier --check .', 'npm run format:check', 'black --check .', 'flake8']],
    ['types', ['npx tsc --noEmit', 'tsc -p .', 'mypy src', 'npm run typecheck', 'cargo check']],
    ['types', ['yarn type-check', 'vue-tsc']],
    ['build', ['npm run build', 'make', 'go build ./...', 'npx vite build', 'cmake --build out']],
  ];
  for (const [kind, lines] of known) {
    for (const line of lines) {
      it(`takes ${line} for a ${kind} check`, () => assert.equal(kindsOf(line), kind));
    }
  }

  const others = [
    'cat test.js',
    'rg test src',
    'git commit -m "fix test"',
    'mkdir build',
    'npm install',
    'npm ci',
    'npm run dev',
    'npm run test:watch',
    'npx jest --version',
    'npx prettier --write .',
    'node -e "test()"',
    'node server.js',
    'echo npm test',
    'ls tests/',
    'for i in 1 2; do npm test; done',
    'cat <<EOF\nnpm test\nEOF',
  ];
  for (const line of others) {
    it(`takes ${line.split('\n')[0]} for no check`, () => assert.equal(checkOf(line), undefined));
  }

  it('knows where the exit code is not that of the check', () => {
    for (const line of [
      'npm test | tail -5',
      'npm test; echo done',
      'npm test || true',
      'npm test &',
      'npm test > out.txt 2>&1; cat out.txt',
    ]) {
      assert.equal(checkOf(line)?.decides, false, line);
    }
    for (const line of [
      'npm test 2>&1',
      'echo go; npm test',
      'cd a || exit 1; npm test',
      'npm test && echo ok',
      'set -e; npm test; echo ok',
    ]) {
      assert.equal(checkOf(line)?.decides, true, line);
    }
  });
});

describe('claimedChecks', () => {
  const claims: ReadonlyArray<readonly [string, readonly string[]]> = [
    ['All tests pass.', ['test']],
    ['The tests are green and lint is clean.', ['test', 'lint']],
    ['I fixed it; the full test suite passes now.', ['test']],
    ['All **42 tests** passed.', ['test']],
    ['`npm test` passes.', ['test']],
    ['ESLint comes back clean, the type check passes.', ['lint', 'types']],
    ['There are no type errors.', ['types']],
    ['The build succeeds.', ['build']],
    ['The project compiles cleanly.', ['build']],
    ['Tests pass, but I did not run the linter.', ['test']],
  ];
  for (const [text, kinds] of claims) {
    it(`hears a claim in: ${text}`, () => assert.deepEqual(claimedChecks(text), kinds));
  }

  const none = [
    'The tests should pass now.',
    'I could not run the tests, so whether they pass is open.',
    'Two tests fail.',
    'Once the tests pass, merge it.',
    "The tests don't pass yet.",
    'Run `npm test` to see whether all tests pass.',
    'I added a test for slug.',
    'Do the tests pass?',
    '```\n12 passing\n```',
    'I passed the options to the test runner.',
    'Parsing and building the index is now lazy.',
    'The build script compiles sources lazily.',
    'It writes no types.',
  ];
  for (const text of none) {
    it(`hears no claim in: ${text.split('\n')[0]}`, () =>
      assert.deepEqual(claimedChecks(text), []));
  }
});

describe('findEvidence', () => {
  it('takes the last run of each check and whether files changed after it', () => {
    const entries = [
      command('c1', 'npm test', 1),
      command('c2', 'npx eslint .'),
      edit('e1', 'a.js'),
      command('c3', 'npm test'),
    ];
    assert.deepEqual(verdicts(entries), ['outdated c2', 'passed c3']);
  });

  it('tells a failed check with its exit code', () => {
    assert.deepEqual(findEvidence([command('c1', 'npm test', 3)], ''), [
      { label: 'npm test', kind: 'test', verdict: 'failed', commandItemId: 'c1', exitCode: 3 },
    ]);
  });

  it("does not make a check out of date by that check's own writes", () => {
    const entries = [command('c1', 'npm test'), edit('e1', 'coverage.txt', 'c1')];
    assert.deepEqual(verdicts(entries), ['passed c1']);
  });

  it('makes a check out of date by what a later command wrote, told late', () => {
    const entries = [
      command('c1', 'npm test'),
      command('c2', 'sed -i s/a/b/ a.js'),
      edit('e1', 'a.js', 'c2'),
    ];
    assert.deepEqual(verdicts(entries), ['outdated c1']);
  });

  it('takes the exit code of a check that outlived its call from the call that saw its end', () => {
    const { exitCode: _, ...going } = command('c1', 'npm test');
    const started = { ...going, sessionId: 4 };
    const polled = (id: string, session: { id: number; exitCode?: number }) =>
      ({
        id,
        type: 'toolCall',
        status: 'completed',
        tool: 'write_stdin',
        title: '',
        output: '',
        session,
      }) as const;
    assert.deepEqual(verdicts([started, polled('p1', { id: 4 })], 'All tests pass.'), [
      'notVerified Tests',
    ]);
    const ended = [started, polled('p1', { id: 4 }), polled('p2', { id: 4, exitCode: 0 })];
    assert.deepEqual(verdicts(ended), ['passed c1']);
    assert.deepEqual(verdicts([started, polled('p1', { id: 5, exitCode: 0 })]), []);
    assert.deepEqual(verdicts([...ended, edit('e1', 'coverage.txt', 'c1')]), ['passed c1']);
    // It began before the edit, so nobody knows which text it saw.
    assert.deepEqual(verdicts([started, edit('e1', 'a.js'), ...ended.slice(1)]), ['outdated c1']);
  });

  it('lets a command in the background write at any time', () => {
    const { exitCode: _, ...going } = command('c1', 'npm run dev');
    const entries = [
      { ...going, sessionId: 1 },
      command('c2', 'npm test'),
      edit('e1', 'a.js', 'c1'),
    ];
    assert.deepEqual(verdicts(entries), ['outdated c2']);
  });

  it('ignores an edit that was not made', () => {
    const entries = [
      command('c1', 'npm test'),
      { ...edit('e1', 'a.js'), status: 'failed' } as const,
    ];
    assert.deepEqual(verdicts(entries), ['passed c1']);
  });

  it('tells a claim that no command shows, once, and none that one shows', () => {
    const entries = [edit('e1', 'a.js'), command('c1', 'npm test')];
    const message = 'All tests pass. Lint is clean. Really, lint is clean.';
    assert.deepEqual(verdicts(entries, message), ['passed c1', 'notVerified Lint']);
    assert.deepEqual(verdicts([], 'I looked at it.'), []);
  });

  it('leaves a failed or outdated check as the answer to a claim', () => {
    assert.deepEqual(verdicts([command('c1', 'npm test', 1)], 'All tests pass.'), ['failed c1']);
  });

  it('does not believe an exit code that is not that of the check, and shows its output', () => {
    const entries = [command('c1', 'npm test | tail -3')];
    assert.deepEqual(verdicts(entries, 'Done.'), []);
    assert.deepEqual(verdicts(entries, 'All tests pass.'), ['notVerified c1']);
  });

  it('counts a script that checks everything for every claim', () => {
    const entries = [command('c1', 'npm run check')];
    assert.deepEqual(verdicts(entries, 'Tests pass. Lint is clean.'), ['passed c1']);
  });
});
