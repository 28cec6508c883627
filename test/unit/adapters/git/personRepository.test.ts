import assert from 'node:assert/strict';
import { createPersonRepository } from '../../../../src/adapters/git/personRepository';
import { git, makeRepository } from '../../../support/gitRepository';
import { makeTempFolder, useTempFolder } from '../../../support/tempFolder';

const bytes = (text: string) => new TextEncoder().encode(text);
const signal = () => AbortSignal.timeout(30_000);

describe('the repository of a folder', () => {
  const folder = useTempFolder({
    'top.txt': 'top\n',
    'sub/deep/a.txt': 'a\n',
    'sub/b[1].txt': 'b\n',
  });
  const open = (cwd: string, more: Record<string, string> = {}) =>
    createPersonRepository(cwd, async () => ({
      ...process.env,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_AUTHOR_NAME: 'T',
      GIT_AUTHOR_EMAIL: 't@example.org',
      GIT_COMMITTER_NAME: 'T',
      GIT_COMMITTER_EMAIL: 't@example.org',
      ...more,
    }));

  it('commits in a folder below its top, also files with odd names, and tells its subjects', async () => {
    makeRepository(folder().path);
    const repository = open(folder().at('sub'));
    const paths = ['deep/a.txt', 'b[1].txt'];
    const { files, branch } = await repository.read(
      [...paths, '../top.txt'].map((path) => ({ path, versions: [] })),
      signal(),
    );
    assert.equal(branch, 'main');
    assert.equal(files[2]!.refusal, 'lies outside of the repository');
    assert.deepEqual(Buffer.from(files[1]!.head!.content).toString(), 'b\n');
    const entry = { content: bytes('new\n'), executable: false };
    const made = paths.map((path, at) => {
      return { path, head: entry, index: entry, version: files[at]!.version };
    });
    const id = await repository.commit({ message: 'Deep', files: made }, signal());
    assert.equal(git(folder().path, 'rev-parse', 'HEAD'), id);
    assert.equal(git(folder().path, 'show', 'HEAD:sub/b[1].txt'), 'new');
    assert.deepEqual(await repository.subjects(2, signal()), ['Deep', 'start']);
    assert.deepEqual(await repository.subjects(1, signal()), ['Deep']);
  });

  it('refuses to commit where the file, or the last commit, is another by then', async () => {
    makeRepository(folder().path);
    const repository = open(folder().path);
    const { files } = await repository.read([{ path: 'top.txt', versions: [] }], signal());
    const entry = { content: bytes('new\n'), executable: false };
    const made = { path: 'top.txt', head: entry, index: entry, version: files[0]!.version };
    git(folder().path, 'commit', '-qm', 'other', '--allow-empty');
    const committing = repository.commit({ message: 'x', files: [made] }, signal());
    await assert.rejects(committing, /changed in the meantime/);
    assert.equal(git(folder().path, 'log', '-1', '--format=%s'), 'other');
  });

  it('is the one of the folder, whatever the host was started with', async () => {
    makeRepository(folder().path);
    const other = makeTempFolder();
    try {
      const bound = open(folder().path, { GIT_DIR: other.path, GIT_INDEX_FILE: other.at('index') });
      const { files } = await bound.read([{ path: 'top.txt', versions: [] }], signal());
      assert.ok(files[0]!.index);
    } finally {
      other.remove();
    }
  });

  it('says so where git is missing, and where the folder is', async () => {
    await assert.rejects(
      open(folder().path, { PATH: '/nowhere' }).read([], signal()),
      /Git was not found/,
    );
    await assert.rejects(open('/nowhere/at/all').read([], signal()), /does not exist/);
    assert.deepEqual(await open(folder().path).subjects(3, signal()), []);
  });
});
