import * as nodePty from 'node-pty';
import { commandEnvironment } from '../../src/adapters/pty/commandEnvironment';
import { createPtyTerminals } from '../../src/adapters/pty/ptyTerminals';
import { noSandbox } from '../../src/adapters/sandbox/noSandbox';
import { cleanTerminalText } from '../../src/base/terminalText';
import type { Terminal, TerminalOutput, Terminals } from '../../src/ports/terminal';
import { useTempFolder, type TempFolder } from './tempFolder';

const never = new AbortController().signal;

/** Real pseudo-terminals in a folder of their own for each test of a suite. */
export interface PtyDesk {
  readonly terminals: Terminals;
  readonly folder: () => TempFolder;
  readonly open: (
    command: string,
    options?: { tty?: boolean; cwd?: string; shell?: string },
  ) => Promise<Terminal>;
  /** What a command printed within so many milliseconds, or until its end. */
  readonly take: (terminal: Terminal, yieldMs?: number) => Promise<TerminalOutput>;
}

export function usePtyDesk(): PtyDesk {
  const folder = useTempFolder();
  let terminals: Terminals;
  beforeEach(() => {
    terminals = createPtyTerminals({
      cwd: folder().path,
      loadPty: () => nodePty,
      environment: async () => commandEnvironment({ ...process.env, OPENAI_API_KEY: 'sk-canary' }),
      shell: '/bin/bash',
      sandbox: noSandbox(() => 'none here'),
    });
  });
  afterEach(() => terminals.killAll());
  return {
    get terminals() {
      return terminals;
    },
    folder,
    open: (command, options = {}) =>
      terminals.open({ command, cwd: folder().path, tty: false, ...options }),
    take: (terminal, yieldMs = 10_000) => terminal.take({ yieldMs, signal: never }),
  };
}

/** Its output without what only terminals understand. */
export function cleaned(output: TerminalOutput): TerminalOutput {
  return { ...output, text: cleanTerminalText(output.text) };
}
