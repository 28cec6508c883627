import assert from 'node:assert/strict';
import { createSystemSandbox } from '../../../../src/adapters/sandbox/systemSandbox';
import { SandboxError } from '../../../../src/ports/sandbox';

const options = {
  stateFolder: '/nowhere',
  holder: '/nowhere/holder.js',
  log: { info() {}, warn() {}, error() {} },
};

describe('the sandbox of a system', () => {
  const { platform } = process;
  afterEach(() => Object.defineProperty(process, 'platform', { value: platform }));

  for (const [system, reason] of [
    ['win32', /Windows has no sandbox.*WSL 2/],
    ['darwin', /preview.*TANDEM_MACOS_SANDBOX=preview/],
    ['freebsd', /no sandbox for this system/],
  ] as const) {
    it(`is none on ${system}, which says why and starts nothing`, async () => {
      Object.defineProperty(process, 'platform', { value: system });
      const sandbox = createSystemSandbox(options);
      await sandbox.check();
      assert.match(sandbox.unavailable?.() ?? '', reason);
      const start = { file: '/bin/true', args: [], cwd: '/', env: {} };
      await assert.rejects(sandbox.confine(start, { mode: 'read-only', root: '/' }), SandboxError);
    });
  }

  it('is not available before it was tried out', () => {
    const sandbox = createSystemSandbox(options);
    assert.notEqual(sandbox.unavailable, undefined);
  });
});
