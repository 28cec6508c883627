import { createRequire } from 'node:module';
import type * as nodePty from 'node-pty';
import { createDiskFiles } from '../../src/adapters/disk/diskFiles';
import { createHiddenFiles } from '../../src/adapters/disk/hiddenFiles';
import { createInstructionFiles } from '../../src/adapters/disk/instructionFiles';
import { createRipgrepSearch } from '../../src/adapters/disk/ripgrepSearch';
import { systemClock } from '../../src/adapters/disk/systemClock';
import { createTrustedPrograms } from '../../src/adapters/disk/trustedPrograms';
import { createPersonRepository } from '../../src/adapters/git/personRepository';
import { createRepositoryDiffs } from '../../src/adapters/git/repositoryDiffs';
import { createShadowStore } from '../../src/adapters/git/shadowStore';
import { createJournalStore } from '../../src/adapters/journal/journalStore';
import { createResponsesModel } from '../../src/adapters/openai/responsesModel';
import { createPtyTerminals } from '../../src/adapters/pty/ptyTerminals';
import { noSandbox } from '../../src/adapters/sandbox/noSandbox';
import { createLocalMachine } from '../../src/adapters/shell/localMachine';
import { createTreeSitterParser } from '../../src/adapters/shell/treeSitterParser';
import type { ThreadEvent } from '../../src/protocol/events';
import type { TurnContext } from '../../src/protocol/turnContext';
import type { Thread } from '../../src/threads/thread';
import { ThreadManager } from '../../src/threads/threadManager';
import type { ThreadPorts } from '../../src/threads/threadPorts';
import { sampleContext } from './sampleContext';
import { startScriptedServer, type Script, type ScriptedServer } from './scriptedServer';
import { makeTempFolder, type TempFolder } from './tempFolder';

/** What git sees of the machine where a test commits: a made-up author and none of the person's settings. */
const personEnvironment = {
  PATH: process.env.PATH,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'T',
  GIT_AUTHOR_EMAIL: 't@example.org',
  GIT_COMMITTER_NAME: 'T',
  GIT_COMMITTER_EMAIL: 't@example.org',
};

const requireHere = createRequire(__filename);

/** A whole agent for a test: real shell, real git, real files, a scripted model at the wire. */
export interface TestThreads {
  readonly workspace: TempFolder;
  /** Where threads are stored. */
  readonly stateFolder: string;
  readonly server: ScriptedServer;
  readonly threads: ThreadManager;
  readonly thread: Thread;
  /** Everything the thread said, deltas included. */
  readonly events: ThreadEvent[];
  /** Runs one turn with this text. */
  ask(text: string, context?: Partial<TurnContext>): Promise<void>;
  /** A manager like another window or a restarted one would have, on the same store. */
  anotherHost(ports?: Partial<ThreadPorts>): ThreadManager;
  dispose(): Promise<void>;
}

/** Ports of a test's own; the server is the scripted one. */
export type Overrides = (server: ScriptedServer) => Partial<ThreadPorts>;

/** Makes the agent on a workspace with these files. */
export async function startTestThreads(
  files: Readonly<Record<string, string | Uint8Array>>,
  script: Script,
  overrides: Overrides = () => ({}),
): Promise<TestThreads> {
  const workspace = makeTempFolder(files);
  const state = makeTempFolder();
  const server = await startScriptedServer(script);
  const threads = createThreads(server, state.path, overrides);
  const thread = threads.start(workspace.path);
  const others: ThreadManager[] = [];
  const events: ThreadEvent[] = [];
  thread.onEvent((event) => events.push(event));
  return {
    workspace,
    stateFolder: state.path,
    server,
    threads,
    thread,
    events,
    ask: (text, context) =>
      thread.startTurn({ text, attachments: [] }, sampleContext(workspace.path, context)),
    anotherHost(ports = {}) {
      const other = createThreads(server, state.path, (own) => ({ ...overrides(own), ...ports }));
      others.push(other);
      return other;
    },
    async dispose() {
      await Promise.all([threads, ...others].map((manager) => manager.dispose()));
      await server.close();
      workspace.remove();
      state.remove();
    },
  };
}

function createThreads(
  server: ScriptedServer,
  stateFolder: string,
  overrides: Overrides,
): ThreadManager {
  const log = { info() {}, warn() {}, error() {} };
  const sandbox = noSandbox(() => 'these tests have none');
  const shell = '/bin/bash';
  const environment = async () => ({ PATH: process.env.PATH ?? '', HOME: stateFolder });
  const { rgPath } = requireHere('@vscode/ripgrep') as { rgPath: string };
  return new ThreadManager({
    model: createResponsesModel({
      credentials: { apiKey: async () => 'test-key', baseUrl: () => server.baseUrl },
    }),
    store: createJournalStore({ folder: stateFolder, log }),
    clock: systemClock,
    log,
    reviewDiffs: (root) => createRepositoryDiffs(root),
    repository: (root) => createPersonRepository(root, async () => personEnvironment),
    sandbox,
    shellParser: createTreeSitterParser(),
    machine: createLocalMachine({ environment, shell }),
    search: createRipgrepSearch({ rgPath }),
    instructionFiles: createInstructionFiles(() => true),
    files: (root) => createDiskFiles({ root, stateFolder }),
    hiddenFiles: (root) => createHiddenFiles({ root }),
    trustedPrograms: createTrustedPrograms,
    terminals: (cwd) =>
      createPtyTerminals({
        cwd,
        loadPty: () => requireHere('node-pty') as typeof nodePty,
        environment,
        shell,
        sandbox,
        log,
      }),
    contents: (root) => createShadowStore({ root, stateFolder, log }),
    ...overrides(server),
  });
}
