import type { Log } from '../../ports/log';
import { createBubblewrapSandbox, type OwningSandbox } from './bubblewrapSandbox';
import { noSandbox } from './noSandbox';

export interface SystemSandboxOptions {
  /** Where Tandem keeps what is its own; absolute. */
  readonly stateFolder: string;
  /** The program between a command and its network, bundled; absolute. */
  readonly relay: string;
  readonly log: Log;
}

/** What confines commands on this platform, or what says why nothing does. Starts nothing yet. */
export function createSystemSandbox({ relay, ...options }: SystemSandboxOptions): OwningSandbox {
  if (process.platform === 'linux') {
    const network = { node: process.execPath, relay };
    return createBubblewrapSandbox({ ...options, network });
  }
  return { ...noSandbox(reasons[process.platform] ?? otherSystem), dispose: () => {} };
}

const otherSystem = 'Tandem has no sandbox for this system';
const reasons: Partial<Record<NodeJS.Platform, string>> = {
  win32:
    'Windows has no sandbox that Tandem can use without an administrator; open the folder in WSL 2 to have one',
};
