import assert from 'node:assert/strict';
import { createTreeSitterParser } from '../../../src/adapters/shell/treeSitterParser';
import type { Access } from '../../../src/policy/access';
import { decide, type PolicySituation } from '../../../src/policy/decide';
import { Grants } from '../../../src/policy/grants';
import { fakeMachine } from '../../support/policyDoubles';

const root = '/projects/app';
const names = [`${root}/.env`, `${root}/private`, `${root}/sub/.npm/key.pem`];
const hidden = {
  isHidden: (path: string) => names.some((name) => `${path}/`.startsWith(`${name}/`)),
  below: (folder: string) => names.filter((name) => name.startsWith(`${folder}/`)),
};
const shellParser = createTreeSitterParser();

function situation(more: Partial<PolicySituation> = {}): PolicySituation {
  return {
    ...{ mode: 'agent', approvalPolicy: 'on-request', sandboxMode: 'workspace-write' },
    ...{ sandboxUnavailable: () => 'none here', grants: new Grants(), root, shellParser },
    ...{ machine: fakeMachine(), hidden, editedPaths: new Set(), outsideContent: undefined },
    ...more,
  };
}

const command = (text: string, cwd = root): Access => ({
  ...{ kind: 'command', command: text, cwd, unusualShell: false, escalated: false },
});

describe('commands that read what is hidden', () => {
  before(() => shellParser.load());

  const asking = [
    ...['cat private/plan.md', 'head -n 1 private/plan.md', 'rg -n token private', 'wc -l .env'],
    ...[
      'grep -rn token .',
      'grep -rn token',
      'rg token',
      'rg token .',
      'rg -m 3 token',
      'grep -rn -m 3 token',
      'rg -e token',
      'cd private && cat plan.md',
    ],
    ...[
      'git show HEAD:.env',
      'git show HEAD:private/plan.md',
      'git diff -- private',
      'cat ./private/../.env',
    ],
  ];
  for (const line of asking) {
    it(`B06 asks about ${line} where no sandbox masks the files`, () => {
      assert.equal(decide(command(line), situation()).kind, 'ask');
      assert.equal(decide(command(line), situation({ approvalPolicy: 'never' })).kind, 'deny');
    });
  }

  for (const line of [
    'git show HEAD:.env',
    'git log -p -- private/plan.md',
    'git diff HEAD -- .env',
    'cd -P src && git log -p -- ../private',
    'cd -- src; git show HEAD:../.env',
    'pushd src && git show HEAD:../private/plan.md',
    'builtin cd src && git log -- ../private',
    'git -C src log -- ../private',
    'cd src && git show HEAD:private/plan.md',
    'cd sub && git show HEAD:app/private/plan.md',
    'git -C src show HEAD:private/plan.md',
    'cd src && git diff -- :/private',
    "cd src && git log -- ':(top)private'",
    `${'cd a; '.repeat(20)}git show HEAD:.env`,
    'git -C src -C deep diff -- ../../private',
    'cd src && git -C deep show HEAD:./../../.env',
  ]) {
    it(`B06 asks about ${line} inside the sandbox, too: a mask of files is none of what was committed`, () => {
      const verdict = decide(command(line), situation({ sandboxUnavailable: undefined }));
      assert.equal(verdict.kind, 'ask');
      assert.match(verdict.kind === 'ask' ? verdict.reasons.join() : '', /hidden|secrets/);
    });
  }

  for (const line of ['cat private/plan.md', 'grep -rn token .', 'rg token', 'npm test']) {
    it(`leaves ${line} to the mask inside the sandbox`, () => {
      const verdict = decide(command(line), situation({ sandboxUnavailable: undefined }));
      assert.equal(verdict.kind, 'allow');
    });
  }

  for (const line of [
    'cat README.md',
    'rg token src',
    'grep -rn token src',
    'ls',
    'git show HEAD:README.md',
    'git diff',
  ]) {
    it(`lets ${line} read without a question`, () => {
      assert.equal(decide(command(line), situation()).kind, 'allow');
    });
  }

  it('B06 asks where the system finds what is hidden behind a link and `..`', () => {
    const behind = { ...hidden, isHidden: (path: string) => path === `${root}/link/../plan.md` };
    assert.equal(decide(command('cat link/../plan.md'), situation({ hidden: behind })).kind, 'ask');
  });

  it('lets rg read a folder in which only names with a dot are hidden, which it passes over', () => {
    const dotted = { ...hidden, below: () => [`${root}/.env`, `${root}/sub/.npm/key.pem`] };
    assert.equal(decide(command('rg token'), situation({ hidden: dotted })).kind, 'allow');
    assert.equal(decide(command('grep -r token .'), situation({ hidden: dotted })).kind, 'ask');
  });

  const dottedNames = [`${root}/.env`, `${root}/sub/.npm/a.pem`];
  const dotted = {
    ...hidden,
    below: (folder: string) => dottedNames.filter((name) => name.startsWith(`${folder}/`)),
  };
  for (const [options, kind] of [
    ...['-uu', '-uun', '-u -u', '-nu --unrestricted', '--hidden', '-.', '-n.', '-.m 3'].map(
      (text) => [text, 'ask'] as const,
    ),
    ...["-g '.e*'", "-ng '.e*'", "-g '*'", '-g .env', "-uug '!x'", "--glob='*.pem'"].map(
      (text) => [text, 'ask'] as const,
    ),
    ...["--iglob '.E*'", "--iglob '*.PEM'", "-g '{.npm,*}/'", '-t all', '--type=all'].map(
      (text) => [text, 'ask'] as const,
    ),
    ...['-u', '--no-ignore', "-g '*.ts'", "-g '!.env'", '-t ts', '-T ts', '-m 3'].map(
      (text) => [text, 'allow'] as const,
    ),
  ]) {
    it(`B06 ${kind === 'ask' ? 'asks before' : 'lets'} rg ${options} ${kind === 'ask' ? 'sees' : 'pass over'} names with a dot`, () => {
      for (const line of [`rg ${options} token`, `rg ${options} token .`]) {
        assert.equal(decide(command(line), situation({ hidden: dotted })).kind, kind, line);
      }
    });
  }

  it('B06 asks before rg takes in a hidden file by its type', () => {
    const typed = { ...hidden, below: () => [`${root}/src/.keys.ts`] };
    assert.equal(decide(command('rg -t ts token'), situation({ hidden: typed })).kind, 'ask');
    assert.equal(decide(command('rg token'), situation({ hidden: typed })).kind, 'allow');
  });

  for (const [line, kind] of [
    ...['git log -p', 'git log -n 3 -U1', 'git log -p -- .', 'git --no-pager log -p'].map(
      (text) => [text, 'ask'] as const,
    ),
    ...['git grep token', 'git grep -n --cached token', 'git cat-file -p 1234abcd'].map(
      (text) => [text, 'ask'] as const,
    ),
    ...['git stash list -p', 'git grep -ecl', "git grep token -- '*.md'"].map(
      (text) => [text, 'ask'] as const,
    ),
    ...['cd src && git log -p', 'git -C src log -p', 'git diff -- .env', 'git show HEAD:.env'].map(
      (text) => [text, 'ask'] as const,
    ),
    // What a person does every day: one change is no look through all that was ever committed.
    ...['git diff', 'git diff HEAD~1', 'git show', 'git show HEAD', 'cd src && git show'].map(
      (text) => [text, 'allow'] as const,
    ),
    ...['git log', 'git log --stat', 'git show --name-only HEAD', 'git show HEAD:README.md'].map(
      (text) => [text, 'allow'] as const,
    ),
    ...['git log -p -- src', 'git grep -l token', 'git diff --stat', 'git grep token -- src'].map(
      (text) => [text, 'allow'] as const,
    ),
    ...['git status', 'git cat-file -t 1234abcd', 'git cat-file -p HEAD:README.md'].map(
      (text) => [text, 'allow'] as const,
    ),
  ]) {
    it(`B06 ${kind === 'ask' ? 'asks about' : 'allows'} ${line} where git holds hidden files, in a sandbox too`, () => {
      const machine = fakeMachine({
        mayTrack: (_, paths) => paths.includes(`${root}/.env`),
      });
      for (const sandboxUnavailable of [undefined, () => 'none here']) {
        const more = { machine, sandboxUnavailable };
        if (sandboxUnavailable && /-C|stash/.test(line)) continue;
        assert.equal(decide(command(line), situation(more)).kind, kind);
        const free = { ...more, machine: fakeMachine() };
        const named = /\.env/.test(line);
        assert.equal(decide(command(line), situation(free)).kind, named ? 'ask' : 'allow');
      }
    });
  }

  it('B06 asks about what git shows also beside a command that was approved for the thread', () => {
    const machine = fakeMachine({ mayTrack: () => true });
    const thread = situation({ machine });
    const asked = decide(command('npm test'), thread);
    thread.grants.remember((asked.kind === 'ask' && asked.grant) || assert.fail());
    assert.equal(decide(command('npm test; git log'), thread).kind, 'allow');
    assert.equal(decide(command('npm test; git log -p'), thread).kind, 'ask');
  });

  it('B06 denies tools what is hidden, and asks nobody', () => {
    for (const kind of ['read', 'write'] as const) {
      const verdict = decide({ kind, paths: [`${root}/private/x`] }, situation());
      assert.equal(verdict.kind, 'deny');
    }
  });
});
