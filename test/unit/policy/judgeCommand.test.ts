import assert from 'node:assert/strict';
import { createTreeSitterParser } from '../../../src/adapters/shell/treeSitterParser';
import { judgeCommand } from '../../../src/policy/judgeCommand';
import { fakeMachine } from '../../support/policyDoubles';

const parser = createTreeSitterParser();
const ground = {
  root: '/projects/app',
  shellParser: parser,
  machine: fakeMachine(),
  confined: false,
};
const judge = (line: string, cwd = '/projects/app') => judgeCommand(line, cwd, ground);

describe('judgeCommand', () => {
  before(() => parser.load());

  const readOnly = [
    'ls',
    'ls -la src',
    'cat src/a.ts',
    'rg -n "slug" src',
    'rg --files -g "*.ts"',
    'git status --short',
    'git log --oneline -n 5',
    'git diff --stat HEAD',
    'git show HEAD',
    'git diff HEAD~1',
    'git diff HEAD^ -- src/a.ts',
    'git show HEAD~1:src/a.ts',
    'git log --oneline HEAD~3..',
    "sed -n '1,200p' src/a.ts",
    'wc -l src/a.ts',
    'head -n 20 README.md',
    'find . -name "*.ts" -type f',
    'find src -maxdepth 2 -print',
    'cat a | head -n 5 | wc -l',
    'cd src && ls',
    'cat /projects/app/src/a.ts',
    'grep -rn slug src',
    'cat .env.example',
  ];
  for (const line of readOnly) {
    it(`lets ${line} read`, () => assert.deepEqual(judge(line).reasons, []));
  }

  // One representative of each class in published attacks on command matching.
  const asks = [
    'node test.js',
    'npm test',
    'rm x',
    'sed -i s/a/b/ f',
    "sed -n '1w out' f",
    "sed 's/a/id/e' f",
    'find . -delete',
    'find . -exec rm {} +',
    'find . -fprint f',
    'sort -o f g',
    'sort --compress-program=./x big',
    'rg --pre ./x a',
    'rg --pre=./x a',
    'rg --hostname-bin=./x a',
    'rg -z a',
    'git log --output=f',
    'git diff --ext-diff',
    'git -c core.pager=x log',
    'git fetch',
    'git branch -d x',
    'git diff --outp=f',
    'env ls',
    'xargs rm',
    'tee f',
    'cat a | tee f',
    'cat a | sh',
    'awk 1 f',
    'curl x',
    'ping x',
    'tail -f log',
    'tail --follow log',
    'uniq a b',
    'tree -o f',
    'alias ls=rm',
    'export A=1',
    'constructor',
    'toString',
    'cat /etc/passwd',
    'cat ../other/file',
    'cd .. && cat secrets',
    'cd / && ls',
    'ls --hyperlink=../x',
    'cat .env',
    'cat config/.env.local',
    'cat keys/server.pem',
    'cat .ssh/config',
    'git show HEAD~1:.env',
    'git show HEAD^:../x',
    'git log HEAD~3.. --output=f',
  ];
  for (const line of asks) {
    it(`asks about ${line}`, () => assert.equal(judge(line).readOnly, false));
  }

  it('follows cd when it looks at the paths that come after it', () => {
    assert.equal(judge('cd src && cat ../a.ts').readOnly, true);
    assert.equal(judge('cd src && cat ../../b/a.ts').readOnly, false);
  });

  it('compares whole folder names', () => {
    assert.equal(judge('cat /projects/app-evil/x').readOnly, false);
  });

  const destructive = [
    'rm -rf build',
    'rm -fr ~',
    'for f in *; do rm -rf "$f"; done',
    "bash -c 'rm -rf x'",
    'git reset --hard',
    'git clean -fdx',
    'git push -f origin main',
    'git push --force',
    'git checkout .',
    'git checkout -- src',
    'git restore src',
    'find . -delete',
    'sudo "rm" -r x',
  ];
  for (const line of destructive) {
    it(`sees that ${line} destroys work`, () => assert.equal(judge(line).destructive, true));
  }

  for (const line of [
    'npm run format',
    'git commit -m x',
    'rm',
    'git checkout -b x',
    'echo rmdir',
  ]) {
    it(`does not take ${line} for destructive`, () => assert.equal(judge(line).destructive, false));
  }
});
