import type { Log } from '../../ports/log';
import { createBubblewrapSandbox, type OwningSandbox } from './bubblewrapSandbox';
import { noSandbox } from './noSandbox';

export interface SystemSandboxOptions {
  /** Where Tandem keeps what is its own; absolute. */
  readonly stateFolder: string;
  readonly log: Log;
}

/** What confines commands on this platform, or what says why nothing does. Starts nothing yet. */
export function createSystemSandbox(options: SystemSandboxOptions): OwningSandbox {
  if (process.platform === 'linux') return createBubblewrapSandbox(options);
  return { ...noSandbox(reasons[process.platform] ?? otherSystem), dispose: () => {} };
}

const otherSystem = 'Tandem has no sandbox for this system';
const reasons: Partial<Record<NodeJS.Platform, string>> = {
  win32:
    'Windows has no sandbox that Tandem can use without an administrator; open the folder in WSL 2 to have one',
};
