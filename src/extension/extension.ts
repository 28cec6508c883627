import './language';
import * as vscode from 'vscode';
import { tellPerson } from './attention/tellPerson';
import { composeHost } from './composition';
import { bringBackChanges } from './editors/bringBackChanges';
import { createReviewSurface } from './editors/reviewSurface';
import type { Host } from './host';
import { registerPromptLink } from './promptLink';
import { registerCommands } from './registerCommands';

let stop: (() => Promise<void>) | undefined;

/**
 * Registers what the manifest promises and does no other work: everything heavy is loaded by its first use.
 * Answers nothing, so that other extensions cannot drive the agent; tests get the host.
 */
export function activate(context: vscode.ExtensionContext): Host | undefined {
  const { host, dispose } = composeHost(context);
  stop = dispose;
  context.subscriptions.push(
    host.surfaces.register(),
    registerPromptLink(host),
    registerCommands(host, context.extension),
    createReviewSurface(host),
    tellPerson(host),
    bringBackChanges(host, context.workspaceState),
  );
  return context.extensionMode === vscode.ExtensionMode.Test ? host : undefined;
}

/** Ends running turns and commands and closes the journals. */
export async function deactivate(): Promise<void> {
  await stop?.();
}
