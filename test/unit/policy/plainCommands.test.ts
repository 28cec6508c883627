import assert from 'node:assert/strict';
import { createTreeSitterParser } from '../../../src/adapters/shell/treeSitterParser';
import { plainCommands } from '../../../src/policy/plainCommands';

const parser = createTreeSitterParser();

/** What both parsers read alike. */
function read(line: string): readonly (readonly string[])[] | undefined {
  const own = plainCommands(line);
  if (own.kind === 'opaque') return undefined;
  const words = own.commands.map((command) => command.words);
  assert.deepEqual(parser.parse(line), words);
  return words;
}

describe('plainCommands', () => {
  before(() => parser.load());

  const plain: Array<[line: string, commands: string[][]]> = [
    ['ls -la src', [['ls', '-la', 'src']]],
    [`rg 'a b' "c d" e`, [['rg', 'a b', 'c d', 'e']]],
    [
      'cat a | head -n 3',
      [
        ['cat', 'a'],
        ['head', '-n', '3'],
      ],
    ],
    ['ls && pwd; git status || true', [['ls'], ['pwd'], ['git', 'status'], ['true']]],
    ['ls missing 2>/dev/null', [['ls', 'missing']]],
    [
      'cat a 2>&1 | wc -l',
      [
        ['cat', 'a'],
        ['wc', '-l'],
      ],
    ],
    [`sed -n '1,20p' src/a.ts`, [['sed', '-n', '1,20p', 'src/a.ts']]],
    [`rg "größe" src`, [['rg', 'größe', 'src']]],
    [
      'git status\nrm -rf x',
      [
        ['git', 'status'],
        ['rm', '-rf', 'x'],
      ],
    ],
    [`rg "\\bfoo\\(" src`, [['rg', '\\bfoo\\(', 'src']]],
    [`rg 'a'"b"c`, [['rg', 'abc']]],
    ['git diff HEAD~1', [['git', 'diff', 'HEAD~1']]],
    ['git diff HEAD^ -- a', [['git', 'diff', 'HEAD^', '--', 'a']]],
    ['git show HEAD~1:src/a.ts', [['git', 'show', 'HEAD~1:src/a.ts']]],
    ['git log HEAD~3..', [['git', 'log', 'HEAD~3..']]],
    ['git log v1.0^2~3..feature/x~', [['git', 'log', 'v1.0^2~3..feature/x~']]],
    ['git show HEAD^^', [['git', 'show', 'HEAD^^']]],
    ['ls --color=never 2>&1 >/dev/null', [['ls', '--color=never']]],
  ];
  for (const [line, commands] of plain) {
    it(`reads ${line}`, () => assert.deepEqual(read(line), commands));
  }

  const opaque = [
    '',
    'ls ;',
    'ls &&',
    '&& ls',
    'ls ;; rm x',
    'ls & rm x',
    'ls |& rm x',
    'git status\rrm x',
    'echo `id`',
    'echo $(id)',
    'echo "$(id)"',
    'echo "${x}"',
    'cat <(curl x)',
    'ls > out',
    'ls >> out',
    'ls >| out',
    'ls &> out',
    'ls 2>err',
    'ls 2>/dev/nullx',
    'cat < in',
    'cat <<E\n`id`\nE',
    'A=1 ls',
    'ls *.ts',
    'ls ~',
    'ls {a,b}',
    'cat HEAD~1',
    'ls a^b',
    'git show ~x',
    'git show ^a/../f',
    'git show HEAD:~/x',
    'git diff --x=~/a',
    'git show HEAD^{/x}',
    'git show HEAD@{1}',
    'git~1 show',
    '(ls)',
    '{ ls; }',
    '! ls',
    'rg$IFS--pre=sh',
    'echo "open',
    "echo 'open",
    '\\rm x',
    'ls # comment',
    'ls\u00a0-la',
    'l\u200bs',
    'ls \u202e',
    '/bin/ls',
    './ls',
    '-n ls',
    `${'true && '.repeat(60)}true`,
    `echo ${'a'.repeat(10_000)}`,
  ];
  for (const line of opaque) {
    it(`does not understand ${JSON.stringify(line.slice(0, 40))}`, () => {
      assert.equal(read(line), undefined);
    });
  }
});
