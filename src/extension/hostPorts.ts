import { dirname, isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import { createDiskFiles } from '../adapters/disk/diskFiles';
import { createHiddenFiles } from '../adapters/disk/hiddenFiles';
import { createInstructionFiles } from '../adapters/disk/instructionFiles';
import { createRipgrepSearch } from '../adapters/disk/ripgrepSearch';
import { systemClock } from '../adapters/disk/systemClock';
import { createTrustedPrograms } from '../adapters/disk/trustedPrograms';
import { createPersonRepository } from '../adapters/git/personRepository';
import { createRepositoryDiffs } from '../adapters/git/repositoryDiffs';
import { createShadowStore } from '../adapters/git/shadowStore';
import { createJournalStore } from '../adapters/journal/journalStore';
import { isLoopback } from '../adapters/openai/loopback';
import { createRoutedModel } from '../adapters/openai/routedModel';
import { commandEnvironment } from '../adapters/pty/commandEnvironment';
import { loginEnvironment } from '../adapters/pty/loginEnvironment';
import { createPtyTerminals } from '../adapters/pty/ptyTerminals';
import { createLocalMachine } from '../adapters/shell/localMachine';
import { createTreeSitterParser } from '../adapters/shell/treeSitterParser';
import { createSystemSandbox } from '../adapters/sandbox/systemSandbox';
import type { OwningSandbox } from '../adapters/sandbox/bubblewrapSandbox';
import type { DisposableStore } from '../base/disposable';
import type { Sandbox } from '../ports/sandbox';
import type { ThreadPorts } from '../threads/threadPorts';
import { createEditorDiagnostics } from './editorDiagnostics';
import { EditorFiles } from './editorFiles';
import type { Connection } from '../protocol/viewProtocol';
import type { Host } from './host';
import { loadFirstPty, ptyCandidates } from './nativePty';
import { findRipgrep } from './ripgrepPath';

export interface HostPortsOptions extends Pick<Host, 'settings' | 'credentials' | 'log'> {
  readonly context: vscode.ExtensionContext;
  readonly sandbox: Sandbox;
  /** Owns what the ports hold on to. */
  readonly store: DisposableStore;
}

/** What confines commands here; it starts nothing before it is asked to. */
export function createHostSandbox({
  context,
  log,
}: Pick<HostPortsOptions, 'context' | 'log'>): OwningSandbox {
  const holder = join(__dirname, 'loopbackHolder.js');
  return createSystemSandbox({ stateFolder: stateFolderOf(context), holder, log });
}

function stateFolderOf(context: vscode.ExtensionContext): string {
  return process.env['TANDEM_HOME'] ?? context.globalStorageUri.fsPath;
}

/** The outside world of the threads, as VS Code provides it. */
export function createThreadPorts(options: HostPortsOptions): ThreadPorts {
  const { context, settings, credentials, sandbox, log, store } = options;
  const { appRoot } = vscode.env;
  const stateFolder = stateFolderOf(context);
  const rgPath = findRipgrep(appRoot);
  const shell = process.env['SHELL'] || vscode.env.shell || 'bash';
  const capturedEnvironment = loginEnvironment({ shell, fallback: process.env, log });
  const environment = async () =>
    commandEnvironment(await capturedEnvironment(), {
      extraNames: settings.get('environment.allow'),
      ripgrepFolder: isAbsolute(rgPath) ? dirname(rgPath) : undefined,
    });
  const loadPty = () => loadFirstPty(ptyCandidates(context.extensionPath, appRoot));
  return {
    model: createRoutedModel({ credentials, log }),
    store: createJournalStore({ folder: stateFolder, log }),
    asksForTitles: async () => isElsewhere(await credentials.connection()),
    contextForNextTurn: (cwd) => settings.turnContext(cwd),
    reviewsTurns: () => settings.get('review.ambient'),
    clock: systemClock,
    log,
    reviewDiffs: (root) => createRepositoryDiffs(root),
    // Hooks find their programs where the person's shell does.
    repository: (root) => createPersonRepository(root, capturedEnvironment),
    asksForWords: async () => (await credentials.connection()).kind === 'api',
    sandbox,
    shellParser: createTreeSitterParser(),
    machine: createLocalMachine({ environment, shell }),
    search: createRipgrepSearch({ rgPath }),
    instructionFiles: createInstructionFiles(() => vscode.workspace.isTrusted),
    files: perFolder((root) => store.add(new EditorFiles(createDiskFiles({ root, stateFolder })))),
    hiddenFiles: perFolder((root) =>
      createHiddenFiles({ root, personal: () => settings.get('hiddenFiles') }),
    ),
    trustedPrograms: createTrustedPrograms,
    diagnostics: perFolder(createEditorDiagnostics),
    contents: perFolder((root) =>
      createShadowStore({
        root,
        stateFolder,
        log,
        limitBytes: () => settings.get('review.checkpointStorageMb') * 1024 * 1024,
      }),
    ),
    terminals: (cwd) => createPtyTerminals({ cwd, loadPty, environment, shell, sandbox, log }),
  };
}

/** True for a real server; one on this machine, such as a small model or a test's script, is not asked for extras. */
function isElsewhere(connection: Connection): boolean {
  return connection.kind === 'api' && !isLoopback(connection.host);
}

/** One of a kind for each folder: threads on the same folder must see each other's writes. */
function perFolder<T>(create: (folder: string) => T): (folder: string) => T {
  const made = new Map<string, T>();
  return (folder) => {
    const known = made.get(folder) ?? create(folder);
    made.set(folder, known);
    return known;
  };
}
