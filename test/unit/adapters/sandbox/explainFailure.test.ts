import assert from 'node:assert/strict';
import { explainFailure, notInstalled } from '../../../../src/adapters/sandbox/explainFailure';

describe('why there is no sandbox', () => {
  for (const [complaint, explained] of [
    ['bwrap: Creating new namespace failed: Operation not permitted', /namespaces.*\. \S+ .*/],
    ['bwrap: setting up uid map: Permission denied', /does not let programs make namespaces/],
    ['bwrap: loopback: Failed RTM_NEWADDR: Operation not permitted', /namespaces/],
    ["bwrap: Can't mount proc on /newroot/proc: Operation not permitted", /container.*\/proc/],
    ['bwrap: Unknown option --unshare-cgroup-try', /too old.*Update/],
    ['it did not hold: write, network', /a test of the sandbox failed.*write, network/],
    ['bwrap: something else\nmore', /could not start: bwrap: something else$/],
  ] as const) {
    it(`is told for "${complaint.split('\n')[0]}"`, () => {
      assert.match(explainFailure(complaint), explained);
    });
  }

  it('names the package where bubblewrap is missing', () => {
    assert.match(notInstalled(), /apt install bubblewrap/);
  });
});
