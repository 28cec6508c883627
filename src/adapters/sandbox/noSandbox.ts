import type { Sandbox } from '../../ports/sandbox';

/** Commands cannot be confined yet, on any platform: what would run in a sandbox asks first. */
export const noSandbox: Sandbox = {
  unavailable: 'Tandem has none yet',
};
