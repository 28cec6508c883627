import assert from 'node:assert/strict';
import { decide } from '../../../src/policy/decide';
import { asks, command, parser, situation } from '../../support/askingPolicy';

describe('options of commands that read', () => {
  before(() => parser.load());

  asks('A13 hides an option of tree behind one that takes the next word', [
    "tree -Po '*' OUT.txt",
    "tree -Io '*' OUT.txt",
    'tree -Lo 2 OUT.txt',
    "tree -aPo '*' OUT.txt",
    'tree -PR x',
    'tree -Pl x',
  ]);
  asks('A13 hides an option of ls behind one that takes `--` for its value', [
    'ls --ignore -- -LR .',
    'ls --sort -- -LR .',
    'ls --time-style -- -LR',
    'ls -I -- -LR .',
    'ls -w -- -LR .',
    'ls -T -- -LR .',
  ]);
  asks('A15 hides an option of git behind one that takes `--` for its value', [
    'git blame --since -- --contents=/etc/hostname f',
    'git blame --date -- --contents /etc/hostname f',
    'git log --grep -- --output=f',
    'git log --author -- --output=f',
    'git show --skip -- --output=f',
    'git diff --diff-filter -- --output=f',
    'git diff --diff-algorithm -- --output=f',
    'git rev-list --since -- --use-bitmap-index',
    'git branch --list --format -- -D x',
    'git tag --list --sort -- -d x',
    'git describe --match -- --contains',
    'git grep --max-depth -- -O./x a',
    'git reflog --date -- expire',
  ]);
  asks('A15 has git check signatures, by a format of any spelling or name', [
    "git log '--format=%+G?'",
    "git log '--format=%-G?'",
    "git log '--format=% GG'",
    "git log '--pretty=tformat:%h %GK'",
    "git show '--format=%+GS'",
    "git reflog '--format=% G?'",
    'git log --pretty=foo',
    'git log --format=foo',
    'git show --pretty=foo HEAD',
    "git branch '--format=%(signature)'",
    "git branch --list '--format=%(signature:grade)'",
    "git branch --list --format '%(signature)'",
    'git branch --sort=signature',
    'git tag --sort=-signature:key',
    "git tag --list '--format=%(*signature)' 'v*'",
  ]);
  asks('A18 leaves the folder by a way of cd that is not plain', [
    'cd -- .. && ls',
    'cd -- src && cat a',
    'cd -P src && ls',
    'cd -L src && ls',
    'cd -e src && ls',
    'cd -- - && ls',
    'cd -1 && ls',
    'cd +1 && ls',
    'cd "" && ls',
    'cd src lib && ls',
    'chdir src && ls',
    'pushd src && ls',
    'popd && ls',
    'builtin cd src && ls',
  ]);

  const allowed = [
    ...['tree -L 2', 'tree -L2 src', "tree -a -I 'node_modules|dist'", "tree -P '*.ts' src"],
    ...['ls --sort=size', 'ls --ignore=x', 'ls --color=never -la', 'date --utc +%s'],
    ...["git log --since='2 weeks ago'", 'git log --author=Ann -n 3', 'git log --author Ann'],
    ...['git log --oneline --stat -- src', 'git diff --stat -- src', 'git log --max-count=3'],
    ...["git log --format='%h %an %s'", 'git log --pretty=oneline', 'git log --pretty=format:x'],
    ...['git log --pretty', 'git show --format= HEAD', 'git show --format=fuller HEAD'],
    ...["git branch --format='%(refname:short)'", 'git branch --sort=-committerdate'],
    ...['git blame --since=3.weeks a.ts', 'git blame -L 1,5 a.ts', 'cd src && ls'],
  ];
  for (const line of allowed) {
    it(`lets ${line} read without a question`, () => {
      assert.equal(decide(command(line), situation()).kind, 'allow');
    });
  }
});
