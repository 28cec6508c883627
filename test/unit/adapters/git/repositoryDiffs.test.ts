import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRepositoryDiffs } from '../../../../src/adapters/git/repositoryDiffs';
import { ReviewTargetError, type RepositoryTarget } from '../../../../src/ports/reviewDiffs';
import { useTempFolder } from '../../../support/tempFolder';

const uncommitted = { kind: 'uncommitted' } as const;

describe('diffs of a repository for a review', () => {
  const folder = useTempFolder({ 'repo/a.txt': 'one\ntwo\n', 'repo/sub/b.txt': 'b\n' });

  function git(...args: string[]): string {
    const identity = ['-c', 'user.name=T', '-c', 'user.email=t@example.org'];
    return execFileSync('git', [...identity, ...args], {
      cwd: folder().at('repo'),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  function commitAll(message: string): string {
    git('add', '-A');
    git('commit', '-qm', message);
    return git('rev-parse', 'HEAD').trim();
  }

  function write(path: string, text: string | Uint8Array): void {
    writeFileSync(folder().at(`repo/${path}`), text);
  }

  const read = (target: RepositoryTarget, below = 'repo') =>
    createRepositoryDiffs(folder().at(below)).read(target, AbortSignal.timeout(30_000));

  async function listed(target: RepositoryTarget, below?: string): Promise<string[]> {
    const { files } = await read(target, below);
    return files.map(({ kind, path, added, removed }) => `${kind} ${path} +${added} -${removed}`);
  }

  async function refusal(target: RepositoryTarget, below?: string): Promise<string> {
    const error = await read(target, below).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof ReviewTargetError, String(error));
    return error.message;
  }

  beforeEach(() => git('init', '-q', '-b', 'main'));

  it('lists staged, unstaged and new files, and not ignored ones', async () => {
    write('.gitignore', 'out\n');
    commitAll('start');
    write('a.txt', 'one\n2\n');
    write('sub/b.txt', 'staged\n');
    git('add', 'sub/b.txt');
    write('new.txt', 'no end');
    write('out', 'ignored\n');
    write('data.bin', new Uint8Array([0, 1, 2]));
    assert.deepEqual(await listed(uncommitted), [
      'update a.txt +1 -1',
      'update sub/b.txt +1 -1',
      'add data.bin +0 -0',
      'add new.txt +1 -0',
    ]);
    const { files } = await read(uncommitted);
    assert.equal(files[0]?.diff, '@@ -1,2 +1,2 @@\n one\n-two\n+2\n');
    assert.equal(files[3]?.diff, '@@ -0,0 +1 @@\n+no end\n\\ No newline at end of file\n');
  });

  it('reads a repository without a commit', async () => {
    git('add', 'a.txt');
    assert.deepEqual(await listed(uncommitted), ['add a.txt +2 -0', 'add sub/b.txt +1 -0']);
  });

  it('compares with where the branch left its base', async () => {
    commitAll('start');
    git('checkout', '-qb', 'topic');
    write('a.txt', 'one\ntwo\nthree\n');
    commitAll('topic');
    git('checkout', '-q', 'main');
    write('sub/b.txt', 'main went on\n');
    commitAll('main');
    git('checkout', '-q', 'topic');
    write('new.txt', 'new\n');
    assert.deepEqual(await listed({ kind: 'base', ref: 'main' }), [
      'update a.txt +1 -0',
      'add new.txt +1 -0',
    ]);
  });

  it('reads one commit, also the first, with a rename as one', async () => {
    const first = commitAll('start');
    git('mv', 'a.txt', 'moved "here".txt');
    const second = commitAll('move');
    write('sub/b.txt', 'later\n');
    assert.deepEqual(await listed({ kind: 'commit', sha: first }), [
      'add a.txt +2 -0',
      'add sub/b.txt +1 -0',
    ]);
    assert.deepEqual(await listed({ kind: 'commit', sha: second.slice(0, 8) }), [
      'update moved "here".txt +0 -0',
    ]);
  });

  it('keeps to the folder, with paths relative to it', async () => {
    commitAll('start');
    write('a.txt', 'changed\n');
    write('sub/b.txt', 'changed\n');
    assert.deepEqual(await listed(uncommitted, 'repo/sub'), ['update b.txt +1 -1']);
  });

  it('says why a target cannot be read', async () => {
    commitAll('start');
    assert.match(await refusal({ kind: 'base', ref: 'nowhere' }), /named nowhere/);
    assert.match(await refusal({ kind: 'commit', sha: '--output=stolen' }), /named --output/);
    assert.match(await refusal(uncommitted, '.'), /needs a git repository/);
    git('checkout', '-q', '--orphan', 'alone');
    commitAll('alone');
    assert.match(await refusal({ kind: 'base', ref: 'main' }), /no commit in common/);
    assert.ok(!existsSync(folder().at('repo/stolen')));
  });

  it('runs nothing of the repository and writes nothing to it', async () => {
    commitAll('start');
    const trap = folder().at('trap.sh');
    const sprung = folder().at('sprung');
    writeFileSync(trap, `#!/bin/sh\necho sprung >> '${sprung}'\ncat\n`);
    chmodSync(trap, 0o755);
    git('config', 'core.fsmonitor', trap);
    git('config', 'diff.external', trap);
    git('config', 'filter.trap.clean', trap);
    git('config', 'filter.trap.process', trap);
    git('config', 'filter.trap.required', 'true');
    git('config', 'diff.trap.textconv', trap);
    git('config', 'diff.trap.command', trap);
    git('config', 'core.hooksPath', folder().at('.'));
    git('config', 'color.ui', 'always');
    git('config', 'diff.noprefix', 'true');
    write('.gitattributes', '*.txt filter=trap diff=trap\n');
    write('a.txt', 'changed\n');
    const index = readFileSync(folder().at('repo/.git/index'));
    assert.deepEqual(await listed(uncommitted), ['update a.txt +1 -2', 'add .gitattributes +1 -0']);
    assert.ok(!existsSync(sprung));
    assert.deepEqual(readFileSync(folder().at('repo/.git/index')), index);
  });
});
