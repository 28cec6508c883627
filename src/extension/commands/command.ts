import type { Host } from '../host';

/** A VS Code command of ours; its id stands in the manifest. Errors are shown to the person by whoever runs it. */
export interface Command {
  readonly id: `tandem.${string}`;
  readonly run: (host: Host, ...args: readonly unknown[]) => Promise<unknown>;
}
