import assert from 'node:assert/strict';
import { decide } from '../../../src/policy/decide';
import { asks, command, parser, root, situation } from '../../support/askingPolicy';
import { fakeMachine } from '../../support/policyDoubles';

describe('everyday reading', () => {
  before(() => parser.load());

  for (const line of [
    "find . -type f \\( -name '*.ts' -o -name '*.tsx' \\)",
    "find src ! -name '*.test.ts' -type f",
    "find src \\! -name '*.ts' | head -n 5",
    "find . \\( -path ./node_modules -o -path ./dist \\) -prune -o -name '*.ts' -print",
    'find . -perm -u+x -type f',
    'find . -perm -a=r',
    'grep -n "x$" f',
    'grep -rn "^}$" src',
    'rg "foo\\\\(" src',
    'rg "\\\\bfoo\\b\\\\$" src',
    'grep "a\\\\" f',
    'git branch --merged',
    'git branch --no-merged',
    'git branch -a --contains',
    'git branch --merged main',
    'git tag -l',
    "git tag -l 'v*'",
    "git tag -l --sort=-v:refname 'v*'",
    'git -C src status',
    'git -C src log --oneline -n 3',
    'git -C src --no-pager diff',
    'git --no-pager log -n 3',
    'git -C src show HEAD:./a.ts',
    'cd src && git -C .. status --short',
    'git show-ref',
    'git show-ref --verify --quiet refs/heads/main',
    'git show-ref --tags -d',
    'git for-each-ref',
    "git for-each-ref --sort=-committerdate --count=5 --format='%(refname:short)' refs/heads",
    'git for-each-ref refs/tags --merged',
    'git check-ignore dist',
    'git check-ignore -q a.ts',
    'git symbolic-ref HEAD',
    'git symbolic-ref --short HEAD',
    'git diff --submodule=short',
    'git log --submodule=short -p',
    'test -f package.json && cat package.json',
    'test ! -d dist || ls dist',
    'test -e src/a.ts && echo yes',
    'test -n x && test -z y',
    'test 1 -lt 2',
    'command -v node',
    'command -v node npm git',
    'node -v',
    'python3 -V',
    'java -version',
    'make --version',
    'od -c f',
    'od -A x -t x1 f | head -n 5',
    'uniq -c f',
    'diff a b',
    'diff -u src/a.ts src/b.ts',
    'diff -U 5 -w a b | head -n 20',
    'diff --side-by-side --width=80 a b',
    'cd src && diff -q a ../b',
  ]) {
    it(`lets ${line} run without a question`, () => {
      const verdict = decide(command(line), situation());
      assert.deepEqual(verdict.kind === 'ask' ? verdict.reasons : [], []);
      assert.equal(verdict.kind, 'allow');
    });
  }

  asks('A12 lets find run or delete between signs', [
    'find . \\( -name x -delete \\)',
    'find . ! -name x -exec rm {} +',
    'find . \\( -name x \\) -exec id \\;',
    'find . \\! -delete',
    'find . -perm -exec',
    'find . -perm -u+x,-delete',
    'find . -name -u+x',
    'find . \\( -fprint f \\)',
  ]);
  asks('A20 makes more of a backslash or a dollar sign in quotes than it seems', [
    'echo "x$y"',
    'echo "\\\\$HOME"',
    'echo "\\\\\\$(id)"',
    'echo "\\\\`id`"',
    'echo "x\\$"',
    'echo "a\\\\"; touch f; echo "\\\\"',
    'echo "a\\\\\\"; touch f; echo "',
    'echo "$"(id)',
    'echo "$$"',
    'echo $"x"',
    'echo \\(\\)x',
    'echo \\; touch f',
    'echo \\\\',
    '\\! ls',
    '! ls',
    'ls (x)',
  ]);
  asks('A15 lets git write or check signatures by what tells of names', [
    'git branch --merged -d',
    'git branch --merged main x',
    'git branch -l x',
    'git tag -l -d x',
    'git tag -ld x',
    'git tag x -m -l',
    'git tag -l -f x HEAD -d',
    'git symbolic-ref HEAD refs/heads/x',
    'git symbolic-ref -d HEAD',
    'git symbolic-ref -m why HEAD refs/heads/x',
    'git symbolic-ref',
    "git for-each-ref '--format=%(signature)'",
    "git for-each-ref --format '%(signature:key)'",
    'git for-each-ref --sort=-signature',
    'git for-each-ref --stdin',
    'git for-each-ref --shell',
    'git show-ref --exclude-existing',
    'git check-ignore -v a',
    'git check-ignore --stdin',
    'git diff --submodule',
    'git diff --submodule=diff',
    'git log --submodule=log -p',
    'git show --submodule=diff HEAD',
  ]);
  asks('A10 has git work in another folder', [
    'git -C .. status',
    'git -C /tmp status',
    'git -C src -C .. status',
    'git -C src --git-dir=x status',
    'git -C "" status',
    'git -C -c status',
    'git -C src -c core.pager=x log',
    'git --no-pager -C src log',
    'git -C src push',
    'git -Csrc status',
    'git -C src show HEAD:../../x',
    'git -C src diff --no-index a ../../x',
    'git -C .ssh log',
    'cd src && git -C ../.. log',
  ]);
  asks('A06 computes in a test', [
    "test -v 'a[$(id)]'",
    "test ! -v 'a[0]'",
    'test a -eq b',
    "test 'a[0]' -lt 2",
    'test -R x',
    'test -o errexit',
    'test -t 1',
    'test -f a -a -f b',
    'test -f ../x',
    'test -f /etc/shadow',
    'test -f .env',
    'test',
    'test x',
    'test \\( -f a \\)',
    'test ! ! -f a',
    'test -f a b',
  ]);
  asks('A13 has diff write, run or look into folders', [
    'diff -r a b',
    'diff -ur a b',
    'diff -N a b',
    'diff -l a b',
    'diff --paginate a b',
    'diff --recursive a b',
    'diff --from-file=a b c',
    'diff -D x a b',
    'diff -X list a b',
    'diff a',
    'diff a b c',
    'diff a /etc/passwd',
    'diff a ../b',
    'diff .env a',
    'cd src && diff a ../../b',
  ]);
  asks('A25 names a program through command', [
    'command -v',
    'command -V ls',
    'command -p ls',
    'command -pv ls',
    'command -v -- ls',
    'command -v ls; command rm x',
    'command -v /bin/ls',
    'command ls -v',
  ]);
  asks('A26 asks a program for its version that the folder may choose', [
    'npm -v',
    'npm --version',
    'yarn -v',
    'pnpm -v',
    'cargo --version',
    'go version',
    'rustc --version',
    'node -v x',
    'node --version -e 1',
    'python3 -V x.py',
    'make --version x',
    'java -version x',
  ]);
  asks('A13 names a file behind which an option is a file, too', [
    'uniq f -c',
    'uniq f -',
    'od -w9 f',
  ]);

  it('A18 sees where git is told to work, and the files there', () => {
    const machine = fakeMachine({
      realPath: (path) => (path.startsWith(`${root}/link`) ? path.replace(root, '/else') : path),
    });
    for (const line of ['git -C link status', 'git -C link log -p', 'cd src && git -C ../link log'])
      assert.equal(decide(command(line), situation({ machine })).kind, 'ask', line);
    const met: string[] = [];
    const noting = fakeMachine({
      repositoryPrograms: (folder) => void met.push(folder),
    });
    decide(command('cd a && git -C b status'), situation({ machine: noting }));
    assert.deepEqual(met, [`${root}/a/b`]);
  });
});
