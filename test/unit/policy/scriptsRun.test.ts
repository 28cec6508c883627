import assert from 'node:assert/strict';
import { decide } from '../../../src/policy/decide';
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
  it('A26 lets an approved test runner run no test that the agent wrote since, until that is approved', () => {
    const editedPaths = new Set<string>();
    let content = 'one';
    const machine = fakeMachine({
      fingerprint: (path) => (/\/a\/(t\.js|x\.py)$/.test(path) ? content : 'absent'),
    });
    const thread = situation({ machine, editedPaths });
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
