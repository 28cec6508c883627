import { join } from 'node:path';
import * as vscode from 'vscode';
import manifest from '../../package.json';
import type { Host } from '../../src/extension/host';
import type { ChangedFile } from '../../src/protocol/changes';
import type { SandboxMode } from '../../src/protocol/turnContext';
import { customCall, message, respond, startScriptedServer } from '../support/scriptedServer';

const id = `${manifest.publisher}.${manifest.name}`;

/** The running extension's own host, which it hands to tests only. */
export async function tandemHost(): Promise<Host> {
  const extension = vscode.extensions.getExtension<Host>(id);
  if (!extension) throw new Error(`${id} is not installed here.`);
  return extension.activate();
}

/** The folder this window has open. */
export function workspaceFolder(): string {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) throw new Error('These tests need an open folder.');
  return folder.uri.fsPath;
}

export function workspaceFile(path: string): vscode.Uri {
  return vscode.Uri.file(join(workspaceFolder(), path));
}

export async function writeFile(uri: vscode.Uri, text: string | Uint8Array): Promise<void> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  await vscode.workspace.fs.writeFile(uri, bytes);
}

/** The bytes on the disk as text, one character per byte where they are no UTF-8. */
export async function readText(uri: vscode.Uri): Promise<string> {
  return Buffer.from(await vscode.workspace.fs.readFile(uri)).toString('utf8');
}

/** Waits until something is the case; mocha's time-out ends a wait for what never comes. */
export async function until<T>(find: () => T | undefined | false | Promise<T | undefined | false>) {
  for (;;) {
    const found = await find();
    if (found !== undefined && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Runs one turn in a new thread whose model applies a patch; resolves when the turn ended. */
export function runPatchTurn(host: Host, patch: string): Promise<void> {
  return runCallTurn(host, customCall('apply_patch', patch));
}

/** Runs a turn of one call in a thread of its own, which is then shown; nobody is asked. */
export function runCallTurn(host: Host, call: Call): Promise<void> {
  return runCallsTurn(host, [call], 'full-access');
}

type Call = Parameters<typeof respond>[0];

/** The same with calls one after the other, which are confined as the mode says. */
export async function runCallsTurn(
  host: Host,
  calls: readonly Call[],
  sandboxMode: SandboxMode,
): Promise<void> {
  const script = [...calls.map((call) => respond(call)), respond(message('Done.'))];
  const server = await startScriptedServer(script);
  const configuration = vscode.workspace.getConfiguration('tandem');
  await configuration.update('baseUrl', server.baseUrl, vscode.ConfigurationTarget.Global);
  await host.credentials.storeKey('test-key');
  try {
    const thread = await host.shown.start(workspaceFolder());
    const context = host.settings.turnContext(thread.cwd);
    await thread.startTurn(
      { text: 'Change it.', attachments: [] },
      { ...context, approvalPolicy: 'never', sandboxMode },
    );
    const turn = thread.state.turns.at(-1);
    if (turn?.status !== 'completed') throw new Error(turn?.error?.message ?? turn?.status);
  } finally {
    await configuration.update('baseUrl', undefined, vscode.ConfigurationTarget.Global);
    await host.credentials.clearKey();
    await server.close();
  }
}

/** A file of the pending change set, when it is there. */
export function pendingFile(host: Host, path: string): ChangedFile | undefined {
  return host.review.files.find((file) => file.path === path);
}
