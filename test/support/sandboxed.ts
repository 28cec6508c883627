import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import * as nodePty from 'node-pty';
import {
  createBubblewrapSandbox,
  type BubblewrapOptions,
  type OwningSandbox,
} from '../../src/adapters/sandbox/bubblewrapSandbox';
import { commandEnvironment } from '../../src/adapters/pty/commandEnvironment';
import type { MachineLimits } from '../../src/adapters/pty/limitWatch';
import { createPtyTerminals } from '../../src/adapters/pty/ptyTerminals';
import { cleanTerminalText } from '../../src/base/terminalText';
import type { Confinement } from '../../src/ports/sandbox';
import type { Terminals } from '../../src/ports/terminal';
import { giveToOrdinaryUser, ordinaryUser } from './ordinaryUser';
import { makeTempFolder, type TempFolder } from './tempFolder';

const never = new AbortController().signal;

/** Skips the tests of a suite, saying why, where commands cannot be confined on this machine. */
export function needsSandbox(): void {
  before(async function () {
    const state = makeTempFolder();
    const sandbox = createBubblewrapSandbox({ stateFolder: state.path });
    await sandbox.check();
    sandbox.dispose();
    state.remove();
    if (sandbox.unavailable === undefined) return;
    console.warn(
      `      NOT RUN, because commands cannot be confined here: ${sandbox.unavailable()}`,
    );
    this.skip();
  });
}

/** What a command came to. */
export interface Outcome {
  /** Clean of escape sequences. */
  readonly text: string;
  /** Undefined where it still ran when the time was over. */
  readonly exitCode: number | undefined;
}

/** A workspace, a home and a state folder, and confined commands in them. */
export interface SandboxDesk {
  readonly workspace: TempFolder;
  readonly home: TempFolder;
  readonly state: TempFolder;
  readonly sandbox: OwningSandbox;
  readonly terminals: Terminals;
  /** Runs a command in a pseudo-terminal to its end, confined. */
  run(command: string, options?: RunOptions): Promise<Outcome>;
  dispose(): Promise<void>;
}

export interface RunOptions extends Partial<Confinement> {
  readonly cwd?: string;
  readonly patienceMs?: number;
}

export interface DeskOptions extends Partial<BubblewrapOptions> {
  /** Relative path to content. */
  readonly files?: Readonly<Record<string, string>>;
  readonly homeFiles?: Readonly<Record<string, string>>;
  /** What the person's environment holds besides the PATH. */
  readonly env?: Readonly<Record<string, string>>;
  readonly machineLimits?: Partial<MachineLimits>;
}

/** Makes a desk of this process's user; dispose it. */
export function makeSandboxDesk({
  files,
  homeFiles,
  env = {},
  machineLimits = {},
  ...options
}: DeskOptions = {}): SandboxDesk {
  const [workspace, home, state] = [
    makeTempFolder(files),
    makeTempFolder(homeFiles),
    makeTempFolder(),
  ];
  const sandbox = createBubblewrapSandbox({
    ...{ stateFolder: state.path, home: home.path, ...options },
  });
  const captured = { PATH: process.env.PATH, HOME: home.path, ...env };
  const terminals = createPtyTerminals({
    cwd: workspace.path,
    loadPty: () => nodePty,
    environment: async () => commandEnvironment(captured, { extraNames: Object.keys(env) }),
    shell: '/bin/bash',
    ...{ sandbox, machineLimits },
  });
  return {
    ...{ workspace, home, state, sandbox, terminals },
    async run(command, { cwd, patienceMs = 30_000, ...confinement } = {}) {
      await sandbox.check();
      const terminal = await terminals.open({
        ...{ command, cwd: cwd ?? workspace.path, tty: false },
        confinement: { mode: 'workspace-write', root: workspace.path, ...confinement },
      });
      const { text, exitCode } = await terminal.take({ yieldMs: patienceMs, signal: never });
      // Nobody waits for what a command leaves to be cleared away.
      await setImmediate();
      return { text: cleanTerminalText(text).trim(), exitCode };
    },
    async dispose() {
      await terminals.killAll();
      sandbox.dispose();
      for (const folder of [workspace, home, state]) folder.remove();
    },
  };
}

/** A desk that is there while a test runs. */
export function useSandboxDesk(options: DeskOptions = {}): () => SandboxDesk {
  let desk: SandboxDesk | undefined;
  beforeEach(() => {
    desk = makeSandboxDesk(options);
  });
  afterEach(async () => {
    await desk?.dispose();
    desk = undefined;
  });
  return () => {
    if (!desk) throw new Error('The desk exists only while a test runs.');
    return desk;
  };
}

/** Who runs what is confined: root is the harder case, an ordinary user the usual one. */
export const callers = ['this user', 'an ordinary user'] as const;
export type Caller = (typeof callers)[number];

/** Runs one command as one of them, in a process of its own with a workspace and a home of its own. */
export async function runAs(
  caller: Caller,
  command: string,
  options: Pick<DeskOptions, 'files' | 'homeFiles' | 'limits'> & Pick<RunOptions, 'mode'> = {},
): Promise<Outcome> {
  const folders = [
    makeTempFolder(options.files),
    makeTempFolder(options.homeFiles),
    makeTempFolder(),
  ];
  const [workspace, home, state] = folders.map(({ path }) => path);
  const user = caller === 'this user' ? undefined : ordinaryUser();
  if (user) for (const folder of folders) giveToOrdinaryUser(folder.path);
  try {
    const entry = bundledEntry(__dirname);
    const { mode = 'workspace-write', limits } = options;
    const order = { workspace, home, state, command, mode, limits };
    const printed = await new Promise<string>((resolve, reject) => {
      const child = spawn(process.execPath, [entry, JSON.stringify(order)], {
        ...{ env: { PATH: process.env.PATH ?? '', HOME: home }, ...user },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let text = '';
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      child.on('error', reject);
      child.on('close', () => resolve(text));
    });
    return JSON.parse(printed) as Outcome;
  } finally {
    for (const folder of folders) folder.remove();
  }
}

/** The program for a process of its own, bundled beside the tests, whichever folder this code was bundled into. */
export function bundledEntry(folder: string): string {
  const entry = join(folder, 'support', 'runConfined.entry.js');
  if (existsSync(entry)) return entry;
  const above = dirname(folder);
  if (above === folder) throw new Error('support/runConfined.entry.ts is not bundled.');
  return bundledEntry(above);
}
