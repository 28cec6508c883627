import assert from 'node:assert/strict';
import { join } from 'node:path';
import { liesInRepository } from '../../../../src/adapters/git/repositoryTop';
import { useTempFolder } from '../../../support/tempFolder';

describe('liesInRepository', () => {
  const folder = useTempFolder({
    'repository/.git/HEAD': 'ref: refs/heads/main\n',
    'repository/src/a.ts': '',
    'worktree/.git': 'gitdir: /elsewhere\n',
    'placeholder/.git/info/none': '',
    'plain/a.ts': '',
  });

  it('is true in a repository, below its top, and in a worktree', () => {
    for (const name of ['repository', 'repository/src', 'worktree']) {
      assert.equal(liesInRepository(join(folder().path, name)), true, name);
    }
  });

  it('is false elsewhere, also where something empty stands in the place of a repository', () => {
    for (const name of ['plain', 'placeholder']) {
      assert.equal(liesInRepository(join(folder().path, name)), false, name);
    }
  });
});
