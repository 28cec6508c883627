import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { textOf, trackedFiles } from './trackedFiles';

/** Places of the machine a file was written on; they mean nothing to anybody else. */
const machinePaths = [process.cwd(), homedir()].filter((path) => path.split('/').length > 2);

describe('the files of the clone', () => {
  it('name no place of one machine', () => {
    const found = trackedFiles(/./).filter((path) => {
      const text = textOf(path) ?? '';
      return machinePaths.some((place) => text.includes(place));
    });
    assert.deepEqual(found, []);
  });

  it('name no package registry but the public one', () => {
    const found = trackedFiles(/(^|\/)(package-lock\.json|\.npmrc)$/).flatMap((path) =>
      [...(textOf(path) ?? '').matchAll(/"resolved": "(https?:\/\/[^/]+)/g)]
        .map(([, host]) => host)
        .filter((host) => host !== 'https://registry.npmjs.org'),
    );
    assert.deepEqual([...new Set(found)], []);
  });
});
