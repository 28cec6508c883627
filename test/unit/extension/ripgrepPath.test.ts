import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findRipgrep } from '../../../src/extension/ripgrepPath';

const linux = { platform: 'linux', arch: 'x64' };

describe('findRipgrep', () => {
  let appRoot: string;

  beforeEach(async () => {
    appRoot = await mkdtemp(join(tmpdir(), 'tandem-app-'));
  });

  afterEach(() => rm(appRoot, { recursive: true, force: true }));

  const layouts = [
    'node_modules/@vscode/ripgrep/bin/rg',
    'node_modules/@vscode/ripgrep-linux-x64/bin/rg',
    'node_modules/@vscode/ripgrep-universal/bin/linux-x64/rg',
    'node_modules.asar.unpacked/@vscode/ripgrep/bin/rg',
  ];
  for (const layout of layouts) {
    it(`finds VS Code’s own in ${layout}`, async () => {
      const path = join(appRoot, layout);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, '');
      assert.equal(findRipgrep(appRoot, linux), path);
    });
  }

  it('falls back to the package, or to the name on the PATH', () => {
    assert.match(findRipgrep(appRoot), /rg(\.exe)?$/);
  });
});
