import assert from 'node:assert/strict';
import { sandboxHint } from '../../../src/agent/sandboxHint';

const output = (text: string, exitCode?: number) => ({
  ...{ text, omittedBytes: 0, wallMs: 1 },
  ...(exitCode === undefined ? {} : { exitCode }),
});

describe('the hint that the sandbox was in the way', () => {
  for (const [text, cause] of [
    ["touch: cannot touch '/usr/x': Read-only file system", /read-only/],
    ["fatal: Unable to create '.git/index.lock': Read-only file system", /\.git/],
    ["Error: EROFS: read-only file system, open 'x'", /read-only/],
    ['curl: (6) Could not resolve host: example.com', /no network/],
    ['npm error code EAI_AGAIN', /no network/],
    ['connect: Network is unreachable', /no network/],
    ['Error: connect EPERM /run/docker.sock', /sockets of other programs/],
    ['strace: ptrace: Operation not permitted', /debugging/],
  ] as const) {
    it(`A31 names what stopped a command that printed "${text}"`, () => {
      const hint = sandboxHint(output(text, 1)) ?? '';
      assert.match(hint, cause);
      assert.match(hint, /not run again.*require_escalated.*justification/);
    });
  }

  it('is not given where a command worked, still runs, or failed for reasons of its own', () => {
    assert.equal(sandboxHint(output('Read-only file system', 0)), undefined);
    assert.equal(sandboxHint(output('Read-only file system')), undefined);
    assert.equal(sandboxHint(output('1 test failed', 1)), undefined);
  });
});
