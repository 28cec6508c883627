import * as l10n from '@vscode/l10n';
import type { Sentence } from '../../base/language';
import type { Log } from '../../ports/log';
import { createBubblewrapSandbox, type OwningSandbox } from './bubblewrapSandbox';
import { noSandbox } from './noSandbox';
import { createSeatbeltSandbox } from './seatbeltSandbox';

export interface SystemSandboxOptions {
  /** Where Tandem keeps what is its own; absolute. */
  readonly stateFolder: string;
  /** The program that holds the network of commands, bundled; absolute. */
  readonly holder: string;
  readonly log: Log;
}

/** What confines commands on this platform, or what says why nothing does. Starts nothing yet. */
export function createSystemSandbox({ holder, ...options }: SystemSandboxOptions): OwningSandbox {
  if (process.platform === 'linux') {
    const network = { node: process.execPath, holder };
    return createBubblewrapSandbox({ ...options, network });
  }
  if (process.platform === 'darwin' && process.env[macosPreview] === 'preview') {
    return createSeatbeltSandbox(options);
  }
  return { ...noSandbox(reasons[process.platform] ?? otherSystem), dispose: () => {} };
}

/** Opts into what was never run on a Mac. */
const macosPreview = 'TANDEM_MACOS_SANDBOX';

const otherSystem = () => l10n.t('Tandem has no sandbox for this system');
const reasons: Partial<Record<NodeJS.Platform, Sentence>> = {
  darwin: () =>
    l10n.t(
      'the sandbox for macOS is a preview that was not yet run on a Mac; to try it, start with {0} in the environment',
      `${macosPreview}=preview`,
    ),
  win32: () =>
    l10n.t(
      'Windows has no sandbox that Tandem can use without an administrator; open the folder in WSL 2 to have one',
    ),
};
