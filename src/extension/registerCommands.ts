import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable';
import type { Host } from './host';
import { showError } from './showError';

/** Of the manifest, what is read here. */
interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

/**
 * Registers the commands of the manifest; what they do is loaded with the first of them. What goes wrong in one is
 * shown to the person.
 */
export function registerCommands(
  host: Host,
  { packageJSON }: vscode.Extension<unknown>,
): Disposable {
  const store = new DisposableStore();
  for (const { command: id } of (packageJSON as Manifest).contributes.commands) {
    const execute = async (...args: unknown[]) => {
      try {
        const { commands } = await import('./heavyParts');
        await commands.find((command) => command.id === id)?.run(host, ...args);
      } catch (error) {
        showError(host.log, id, error);
      }
    };
    store.add(vscode.commands.registerCommand(id, execute));
  }
  return store;
}
