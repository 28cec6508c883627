import assert from 'node:assert/strict';
import { seatbeltProfile } from '../../../../src/adapters/sandbox/seatbeltProfile';

const profile = seatbeltProfile({
  writable: ['/Users/me/app', '/private/tmp/t'],
  protected: ['/Users/me/app/.git', '/Users/me/app/vendor/lib/.git'],
  hidden: ['/Users/me/.ssh'],
});
const lines = profile.split('\n');
const at = (line: string) => {
  const index = lines.indexOf(line);
  assert.notEqual(index, -1, `${line} in\n${profile}`);
  return index;
};

describe('the profile for macOS', () => {
  it('allows nothing that it does not name', () => {
    assert.deepEqual(lines.slice(0, 2), ['(version 1)', '(deny default)']);
    assert.doesNotMatch(profile, /\(allow default\)|\(allow network\*\)|mach-register|iokit/);
  });

  it('takes back after it gave, for the last rule counts', () => {
    const given = at('(allow file-write* (subpath "/Users/me/app"))');
    assert.ok(given < at('(deny file-write* (subpath "/Users/me/app/.git"))'));
    const read = at('(allow file-read* file-test-existence)');
    assert.ok(read < at('(deny file-read* file-write* (subpath "/Users/me/.ssh"))'));
  });

  it('keeps the folders above what is protected in their place', () => {
    for (const path of ['/Users/me/app', '/Users/me/app/vendor', '/Users/me/app/vendor/lib']) {
      at(`(deny file-write-unlink (literal "${path}"))`);
    }
  });

  it('opens the loopback only', () => {
    const network = lines.filter((line) => line.includes('network') && line.startsWith('(allow'));
    assert.deepEqual(network, [
      '(allow network* (local ip "localhost:*"))',
      '(allow network-outbound (remote ip "localhost:*"))',
    ]);
  });

  it('lets no path end its own string', () => {
    const odd = seatbeltProfile({
      ...{ writable: ['/w/a") (allow default) ("'], protected: [], hidden: ['/h\\"'] },
    });
    assert.match(odd, /\(subpath "\/w\/a\\"\) \(allow default\) \(\\""\)/);
    assert.match(odd, /\(subpath "\/h\\\\\\""\)/);
  });
});
