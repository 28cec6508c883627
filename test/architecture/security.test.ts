import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';

describe('the attacks in SECURITY.md', () => {
  it('each have a test or a reason, and the table is the one of the tests', () => {
    const { status, stderr } = spawnSync('node', ['scripts/security.mjs', '--check'], {
      encoding: 'utf8',
    });
    assert.equal(stderr, '');
    assert.equal(status, 0);
  });
});
