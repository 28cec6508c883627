import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { planPatch } from '../../../src/changes/applyPatch';
import { parsePatch, PatchError } from '../../../src/changes/parsePatch';

const cases = join(process.cwd(), '../shared/peer-cases/apply-patch');

/** All files below a folder as path to bytes in hex. */
function readTree(folder: string): Map<string, string> {
  const files = new Map<string, string>();
  if (!existsSync(folder)) return files;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(relative(folder, path), readFileSync(path).toString('hex'));
  }
  return files;
}

describe("a peer's apply_patch scenarios", () => {
  if (!existsSync(cases)) {
    it('are checked where their files are at hand', function () {
      console.warn(`skipped: ${cases} does not exist`);
      this.skip();
    });
    return;
  }

  const names = readdirSync(cases).filter((name) => statSync(join(cases, name)).isDirectory());

  it('are all there', () => {
    assert.equal(names.length, 24);
  });

  for (const name of names) {
    it(`leave the files of ${name} as expected`, async () => {
      const files = readTree(join(cases, name, 'input'));
      const isFolder = (path: string) =>
        [...files.keys()].some((key) => key.startsWith(`${path}/`));
      try {
        const patch = parsePatch(readFileSync(join(cases, name, 'patch.txt'), 'utf8'));
        const plan = await planPatch(patch, async (path) => {
          if (isFolder(path)) throw new Error(`${path} is a folder.`);
          const hex = files.get(path);
          return hex === undefined ? null : Buffer.from(hex, 'hex');
        });
        for (const edit of plan.edits) {
          if (edit.bytes === null) files.delete(edit.path);
          else files.set(edit.path, Buffer.from(edit.bytes).toString('hex'));
        }
      } catch (error) {
        // A refused patch writes nothing; that the files are as expected is checked below all the same.
        assert.ok(error instanceof PatchError, String(error));
        assert.match(error.message, /^apply_patch verification failed: /);
      }
      assert.deepEqual([...files].sort(), [...readTree(join(cases, name, 'expected'))].sort());
    });
  }
});
