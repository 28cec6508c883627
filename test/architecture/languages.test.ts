import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';

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
});
