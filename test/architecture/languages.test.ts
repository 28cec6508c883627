import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Second words for what has one already: for a repository, a hook, mode ask, a review, git and this machine. */
const secondWords = {
  de: /Computer|Megabytes|Eine Prüfung braucht|(?<![.\w/-])git\b/,
  'zh-cn': /仓库|钩子|“提问”模式|(?<![.\w/-])git\b/,
};

describe('the languages', () => {
  it('each have all texts of the sources and the manifest, no others, and keep their places', function () {
    // All sources are read for it.
    this.timeout(120_000);
    const { status, stderr } = spawnSync('node', ['scripts/l10n.mjs', '--check'], {
      encoding: 'utf8',
    });
    assert.equal(stderr, '');
    assert.equal(status, 0);
  });

  for (const [language, words] of Object.entries(secondWords)) {
    it(`have one word for one thing: ${language}`, () => {
      for (const file of [`l10n/bundle.l10n.${language}.json`, `package.nls.${language}.json`]) {
        const texts = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, string>>;
        const found = Object.values(texts).filter((text) => words.test(text));
        assert.deepEqual(found, [], file);
      }
    });
  }
});
