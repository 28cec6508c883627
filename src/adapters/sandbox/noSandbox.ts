import type { Sentence } from '../../base/language';
import { SandboxError, type Sandbox } from '../../ports/sandbox';

/** A platform where commands cannot be confined: what would run in a sandbox asks first. `reason` is for people. */
export function noSandbox(reason: Sentence): Sandbox {
  return {
    unavailable: reason,
    check: async () => {},
    confine: () => Promise.reject(new SandboxError(reason)),
  };
}
