import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as nodePty from 'node-pty';
import { createDiskFiles } from '../adapters/disk/diskFiles';
import { createHiddenFiles } from '../adapters/disk/hiddenFiles';
import { createInstructionFiles } from '../adapters/disk/instructionFiles';
import { createRipgrepSearch } from '../adapters/disk/ripgrepSearch';
import { systemClock } from '../adapters/disk/systemClock';
import { createTrustedPrograms } from '../adapters/disk/trustedPrograms';
import { createRepositoryDiffs } from '../adapters/git/repositoryDiffs';
import { createShadowStore } from '../adapters/git/shadowStore';
import { createEphemeralStore } from '../adapters/journal/ephemeralStore';
import { createJournalStore } from '../adapters/journal/journalStore';
import { environmentCredentials } from '../adapters/openai/environmentCredentials';
import { findProgram } from '../adapters/programs/findProgram';
import { createRoutedModel } from '../adapters/openai/routedModel';
import { createPtyTerminals } from '../adapters/pty/ptyTerminals';
import { commandEnvironment, type Environment } from '../adapters/pty/commandEnvironment';
import { loginEnvironment } from '../adapters/pty/loginEnvironment';
import { createLocalMachine } from '../adapters/shell/localMachine';
import { createTreeSitterParser } from '../adapters/shell/treeSitterParser';
import { createSystemSandbox } from '../adapters/sandbox/systemSandbox';
import type { Log } from '../ports/log';
import type { ThreadStore } from '../ports/threadStore';
import { ThreadManager } from '../threads/threadManager';
import { absentQuestioner } from './absentQuestioner';
import { denyingApprover } from './denyingApprover';

/** What one headless process is made of. */
export interface CompositionOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Where threads and contents are stored; absolute. */
  readonly stateFolder: string;
  readonly ephemeral: boolean;
  readonly baseUrl: string | undefined;
  readonly log: Log;
}

/** Wires the agent to this machine; what is native or large loads when it is first used. */
export function compose(options: CompositionOptions): {
  threads: ThreadManager;
  store: ThreadStore;
} {
  const { env, log, stateFolder } = options;
  const store = options.ephemeral
    ? createEphemeralStore()
    : createJournalStore({ folder: stateFolder, log });
  const fromEnvironment = environmentCredentials(env);
  const credentials = {
    ...fromEnvironment,
    baseUrl: () => options.baseUrl ?? fromEnvironment.baseUrl(),
  };
  const shell = env.SHELL || '/bin/bash';
  const login = loginEnvironment({ shell, fallback: env, log });
  const sandbox = createSystemSandbox({
    stateFolder,
    holder: join(__dirname, 'loopbackHolder.js'),
    log,
  });
  process.once('exit', () => sandbox.dispose());
  let environment: Promise<Environment> | undefined;
  const readEnvironment = () =>
    (environment ??= login().then((captured) =>
      commandEnvironment(captured, { ripgrepFolder: dirname(ripgrep.rgPath) }),
    ));
  const threads = new ThreadManager({
    model: createRoutedModel({ credentials, log }),
    store,
    clock: systemClock,
    log,
    reviewDiffs: (root) => createRepositoryDiffs(root, env),
    sandbox,
    shellParser: createTreeSitterParser(),
    machine: createLocalMachine({ environment: readEnvironment, shell }),
    search: createRipgrepSearch(ripgrep),
    // Whoever runs a task in a folder from a command line trusts it.
    instructionFiles: createInstructionFiles(() => true),
    files: (root) => createDiskFiles({ root, stateFolder }),
    hiddenFiles: (root) => createHiddenFiles({ root }),
    trustedPrograms: createTrustedPrograms,
    terminals: (cwd) =>
      createPtyTerminals({
        cwd,
        loadPty: () => requireHere('node-pty') as typeof nodePty,
        environment: readEnvironment,
        shell,
        sandbox,
        log,
      }),
    contents: (root) => createShadowStore({ root, stateFolder, log }),
    approver: denyingApprover,
    questioner: absentQuestioner,
  });
  return { threads, store };
}

const requireHere = createRequire(__filename);

/** The ripgrep that is installed beside us, or the one on the PATH; looked for when it is first asked for. */
const ripgrep = {
  get rgPath(): string {
    try {
      return (requireHere('@vscode/ripgrep') as { rgPath: string }).rgPath;
    } catch {
      return findProgram('rg', process.env['PATH']) ?? 'rg';
    }
  },
};
