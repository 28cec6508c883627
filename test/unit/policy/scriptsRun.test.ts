import assert from 'node:assert/strict';
import { decide } from '../../../src/policy/decide';
import { Grants } from '../../../src/policy/grants';
import { command, parser, root, situation } from '../../support/askingPolicy';
import { fakeMachine } from '../../support/policyDoubles';

describe('scripts that an approved command runs', () => {
  before(() => parser.load());

  for (const [line, script, cwd] of [
    ['cat evil.sh | bash', 'evil.sh'],
    ['head -n 5 evil.sh | python3', 'evil.sh'],
    ['bash < evil.sh', 'evil.sh'],
    ['sudo bash < evil.sh', 'evil.sh'],
    ['bash "my script.sh"', 'my script.sh'],
    ['npm test', 'package.json', 'src/deep'],
    ['cd src && npm test', 'src/package.json'],
    ['cd src && bash s.sh', 'src/s.sh'],
    ['npm --prefix src test', 'src/package.json'],
    ['npm --prefix=src test', 'src/package.json'],
    ['make -C src', 'src/Makefile'],
    ['make -Csrc', 'src/Makefile'],
    ['make -f build.mk', 'build.mk'],
    ['node --require=./t.js a.txt', 't.js'],
    ['node -r./t.js a.txt', 't.js'],
    ['node t', 't.js'],
    ['env NODE_OPTIONS=--require=./t.js npm test', 't.js'],
    ['mocha', '.mocharc.js'],
    ['cd -- sub && node a.js', 'sub/a.js'],
    ['cd -P sub && node a.js', 'sub/a.js'],
    ['cd -P -- sub && node a.js', 'sub/a.js'],
    ['cd -- -sub && node a.js', '-sub/a.js'],
    ['chdir sub && node a.js', 'sub/a.js'],
    ['pushd sub && node a.js', 'sub/a.js'],
    ['pushd -- sub && ./run.sh', 'sub/run.sh'],
    ['builtin cd sub && node a.js', 'sub/a.js'],
    ['command cd sub && node a.js', 'sub/a.js'],
    ['command -p cd -- sub && node a.js', 'sub/a.js'],
    ['eval cd sub && node a.js', 'sub/a.js'],
    ["bash -c 'cd -- sub; node a.js'", 'sub/a.js'],
    ['(cd -- sub && ./run.sh)', 'sub/run.sh'],
    ['cd sub && cd -- ../other && node a.js', 'other/a.js'],
    ['env -C sub node a.js', 'sub/a.js'],
    ['env -Csub node a.js', 'sub/a.js'],
    ['env --chdir=sub node a.js', 'sub/a.js'],
    ['env --chdir sub ./run.sh', 'sub/run.sh'],
    ['sudo -D sub ./run.sh', 'sub/run.sh'],
    ['cd pkg && env -C sub node a.js', 'pkg/sub/a.js'],
    ['pnpm -C sub test', 'sub/package.json'],
    ['yarn --cwd sub test', 'sub/package.json'],
    ['git -C sub -C deep status && make', 'sub/deep/Makefile'],
  ] as const) {
    it(`A26 asks again about ${line} in ${cwd ?? 'the root'} when ${script} changed`, () => {
      let content = 'one';
      const fingerprint = (path: string) => (path === `${root}/${script}` ? content : 'absent');
      const thread = situation({ machine: fakeMachine({ fingerprint }) });
      const access = command(line, { cwd: cwd ? `${root}/${cwd}` : root });
      const asked = decide(access, thread);
      if (asked.kind === 'ask' && asked.grant) thread.grants.remember(asked.grant);
      const feedsShell = line.endsWith('| bash');
      assert.equal(decide(access, thread).kind, feedsShell ? 'ask' : 'allow');
      content = 'two';
      assert.equal(decide(access, thread).kind, 'ask');
      const edited = decide(access, { ...thread, editedPaths: new Set([script]) });
      assert.match(edited.kind === 'ask' ? edited.reasons.join() : '', /the agent edited/);
    });
  }
  it('A26 remembers nothing of what runs whatever is in a folder', () => {
    const machine = fakeMachine({
      fingerprint: (path) => (path === `${root}/src` ? 'unreadable' : 'absent'),
    });
    for (const line of ['node src', 'python3 ./src', 'sudo node src', 'node --require=./src a']) {
      const asked = decide(command(line), situation({ machine }));
      assert.ok(asked.kind === 'ask' && asked.grant === undefined, line);
    }
    for (const line of ['make -C src', 'npm test src', 'touch src', 'rsync -a src b']) {
      const asked = decide(command(line), situation({ machine }));
      assert.ok(asked.kind === 'ask' && asked.grant !== undefined, line);
    }
  });
  it('A26 remembers nothing of what runs in a folder, or from a file, that its words do not tell', () => {
    for (const line of [
      'cd "$X" && node a.js',
      'cd $(dirname x) && ./run.sh',
      'cd ~/sub && node a.js',
      'cd s*b && node a.js',
      'pushd "$X"; npm test',
      'for i in 1 2; do cd sub; done; node a.js',
      'f() { cd sub; }; f; f; node a.js',
      'CDPATH=sub cd deep && node a.js',
      'HOME=$PWD/sub; cd && node a.js',
      'find sub -execdir node a.js ;',
      "find sub -name x -execdir node a.js ';'",
      'node "$PWD/a.js"',
      'for i in a b; do node $i.js; done',
      'npm --prefix="$X" test',
      `cd a && ${Array.from({ length: 70 }, (_, at) => `cd d${at}`).join(' && ')} && node a.js`,
      'node a.js; echo "open',
    ]) {
      const asked = decide(command(line), situation());
      assert.ok(asked.kind === 'ask' && asked.grant === undefined, line);
    }
    for (const line of [
      'cd sub && node a.js',
      'cd "$X" && touch a',
      'cd sub && npm test && cd ..',
      'cd - && node a.js',
      'npm test -- --grep "a b"',
      'for i in a b; do touch $i; done',
      'eslint --config a --cache-location b --format c --ext d --max-warnings 0 .',
    ]) {
      const asked = decide(command(line), situation());
      assert.ok(asked.kind === 'ask' && asked.grant !== undefined, line);
    }
  });

  for (const [line, path] of [
    ['npm test', 'scripts/t.js'],
    ['npm run lint', 'eslint.config.js'],
    ['eslint src', 'eslint.config.js'],
    ['vitest run', 'vitest.config.ts'],
    ['jest', 'jest.config.js'],
    ['pytest', 'tests/conftest.py'],
    ['mocha', 'test/a.test.js'],
    ['go test', 'a_test.go'],
    ['cargo test', 'src/lib.rs'],
    ['prettier --check x', '.prettierrc.js'],
    ['make', 'rules.mk'],
    ['node a.js', 'b.js'],
    ['./run.sh', 'lib.sh'],
    ['foo $(bar)', 'lib.sh'],
    ['cd sub && node a.js', 'b.js'],
  ] as const) {
    it(`A26 asks again outside a sandbox about ${line} when the agent edited ${path}, and says so`, () => {
      const editedPaths = new Set<string>();
      const disk = new Map<string, string>();
      const fingerprint = (file: string) => disk.get(file) ?? 'absent';
      const edit = (file: string, content: string) => {
        disk.set(`${root}/${file}`, content);
        editedPaths.add(file);
      };
      const outside = situation({ machine: fakeMachine({ fingerprint }), editedPaths });
      const inside = situation({ ...outside, grants: new Grants(), sandboxUnavailable: undefined });
      const decided = (thread: typeof outside) => decide(command(line), thread);
      const approve = (thread: typeof outside) => {
        const asked = decided(thread);
        thread.grants.remember((asked.kind === 'ask' && asked.grant) || assert.fail());
        return asked.kind === 'ask' ? asked.reasons.join() : '';
      };
      edit('before.js', 'one');
      for (const thread of [outside, inside]) {
        assert.doesNotMatch(approve(thread), /after you approved/);
        assert.equal(decided(thread).kind, 'allow');
      }
      // What the person writes is theirs.
      disk.set(`${root}/own.js`, 'theirs');
      assert.equal(decided(outside).kind, 'allow');

      edit(path, 'evil');
      assert.equal(decided(inside).kind, 'allow');
      assert.match(approve(outside), new RegExp(`may run ${path}, which the agent edited after`));
      assert.equal(decided(outside).kind, 'allow');
      edit('before.js', 'two');
      edit(path, 'worse');
      assert.match(
        approve(outside),
        new RegExp(
          `may run files that the agent edited after you approved this: before.js, ${path}`,
        ),
      );
      assert.equal(decided(outside).kind, 'allow');
      edit('before.js', 'unreadable');
      assert.match(approve(outside), /may run before.js/);
      assert.equal(decided(outside).kind, 'ask');
    });
  }

  it('A26 lets an approved test runner run no test that the agent wrote since, until that is approved, also in a sandbox', () => {
    const editedPaths = new Set<string>();
    let content = 'one';
    const machine = fakeMachine({
      fingerprint: (path) => (/\/a\/(t\.js|x\.py)$/.test(path) ? content : 'absent'),
    });
    const thread = situation({ machine, editedPaths, sandboxUnavailable: undefined });
    const approve = (line: string) => {
      const asked = decide(command(line), thread);
      thread.grants.remember((asked.kind === 'ask' && asked.grant) || assert.fail());
    };
    const kindOf = (line: string) => decide(command(line), thread).kind;
    const lines = ['npm test -- a/t.js', 'jest a/t.js', 'jest a', 'pytest a/x.py::test_one'];
    ['npm test', 'jest a.js', 'pytest b'].forEach(approve);
    for (const line of lines) assert.equal(kindOf(line), 'allow', line);
    for (const path of ['a/t.js', 'a/x.py']) editedPaths.add(path);
    for (const line of lines) assert.equal(kindOf(line), 'ask', line);
    for (const line of ['npm test', 'jest b/c.js']) assert.equal(kindOf(line), 'allow', line);
    approve('jest a/t.js');
    assert.equal(kindOf('jest a/t.js'), 'allow');
    content = 'two';
    assert.equal(kindOf('jest a/t.js'), 'ask');
  });
});
