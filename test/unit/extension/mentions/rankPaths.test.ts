import assert from 'node:assert/strict';
import { runAtOnce } from '../../../../src/base/slices';
import { preparePaths, rankPaths } from '../../../../src/extension/mentions/rankPaths';

function rank(
  paths: readonly string[],
  text: string,
  more: { recent?: string[]; limit?: number } = {},
) {
  const list = runAtOnce(preparePaths(paths));
  return runAtOnce(rankPaths(list, { text, recent: [], limit: 10, ...more }));
}

describe('rankPaths', () => {
  it('puts the name that is meant before names that hold it, and those before folders', () => {
    const paths = [
      'slug/index.js',
      'lib/make-slug.js',
      'lib/slugger.js',
      'lib/reslug.js',
      'src/slug.js',
      's/l/u/g.js',
    ];
    assert.deepEqual(rank(paths, 'slug'), [
      'src/slug.js',
      'lib/slugger.js',
      'lib/make-slug.js',
      'lib/reslug.js',
      'slug/index.js',
      's/l/u/g.js',
    ]);
  });

  it('finds what holds the characters in their order, capitals or not', () => {
    const paths = ['src/threadManager.ts', 'src/turnQueue.ts'];
    assert.deepEqual(rank(paths, 'thmgr'), ['src/threadManager.ts']);
    assert.deepEqual(rank(paths, 'TURNq'), ['src/turnQueue.ts']);
    assert.deepEqual(rank(paths, 'rgm'), []);
  });

  it('takes a slash for the way to a name', () => {
    const paths = ['a/cart.js', 'src/cart.js', 'src/b/other.js'];
    assert.deepEqual(rank(paths, 'src/cart'), ['src/cart.js']);
  });

  it('prefers what was opened last among equals, and then the shortest', () => {
    const paths = ['packages/one/index.ts', 'packages/three/index.ts', 'a/index.ts'];
    assert.deepEqual(rank(paths, 'index', { recent: ['packages/three/index.ts'] }), [
      'packages/three/index.ts',
      'a/index.ts',
      'packages/one/index.ts',
    ]);
  });

  it('gives the best few of many, wherever they stand in the list', () => {
    const many = Array.from({ length: 9_000 }, (_, index) => `deep/folder/file${index}.ts`);
    const found = rank([...many, 'src/file.ts'], 'file', { limit: 3 });
    assert.deepEqual(found.slice(0, 1), ['src/file.ts']);
    assert.equal(found.length, 3);
  });

  it('finds names in other scripts, and names of signs alone', () => {
    assert.deepEqual(rank(['docs/说明书.md', 'docs/a.md'], '说明'), ['docs/说明书.md']);
    assert.deepEqual(rank(['_', 'a'], '_'), ['_']);
  });

  it('finds a folder by its name, its slash not counted', () => {
    assert.deepEqual(rank(['src/views/', 'src/views/a.ts'], 'views'), [
      'src/views/',
      'src/views/a.ts',
    ]);
  });
});
