import * as l10n from '@vscode/l10n';
import { accessSync, constants, statSync } from 'node:fs';
import { basename, delimiter, isAbsolute, join } from 'node:path';
import { randomUUID } from 'node:crypto';
import type * as nodePty from 'node-pty';
import { ToldError } from '../../base/toldError';
import type { Log } from '../../ports/log';
import type { ConfinedStart, ProgramStart, Sandbox } from '../../ports/sandbox';
import type { Terminal, Terminals, TerminalSpec } from '../../ports/terminal';
import { commandPins, pinVariables } from '../git/gitPins';
import type { Environment } from './commandEnvironment';
import { killTree } from './killTree';
import { watchLimits, type MachineLimits } from './limitWatch';
import { PtyTerminal, terminalSize } from './ptyTerminal';

export interface PtyTerminalsOptions {
  /** Absolute folder of the thread; used where a command names none. */
  readonly cwd: string;
  /** Loads node-pty; called at the first command, because it is native and slow to load. */
  readonly loadPty: () => Pick<typeof nodePty, 'spawn'>;
  /** What commands start with; see `commandEnvironment`. Asked before each command, so the caller remembers it. */
  readonly environment: () => Promise<Environment>;
  /** Path of the person's shell. */
  readonly shell: string;
  /** What confines the commands that are to be confined. */
  readonly sandbox: Sandbox;
  /** What a confined command may take of the machine, where it differs from the usual. */
  readonly machineLimits?: Partial<MachineLimits>;
  readonly log?: Log;
}

/** Commands kept at most, ended ones included. */
const maxTerminals = 64;
/** The kernel's limit of one argument (MAX_ARG_STRLEN), less its final zero. */
const maxCommandBytes = 128 * 1024 - 1;
/** Marks everything a command starts, also what leaves its session. */
const markerName = 'TANDEM_TERMINAL';

/** For commands whose output is read by a model: no colours, no pager. */
const plainEnvironment: Environment = {
  TERM: 'dumb',
  NO_COLOR: '1',
  PAGER: 'cat',
  GIT_PAGER: 'cat',
};
const ttyEnvironment: Environment = { TERM: 'xterm-256color' };
/** Git asks nothing, waits for nobody's lock, and runs nothing of a repository that is only looked at. */
const gitEnvironment: Environment = {
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  ...pinVariables(commandPins),
};

/** Runs commands in pseudo-terminals of this machine. */
export function createPtyTerminals(options: PtyTerminalsOptions): Terminals {
  return new PtyTerminals(options);
}

class PtyTerminals implements Terminals {
  readonly shellName: string;
  private readonly terminals = new Map<number, PtyTerminal>();
  private lastId = 0;
  private readonly marker = `${markerName}=${randomUUID()}`;
  private pty: Pick<typeof nodePty, 'spawn'> | undefined;

  constructor(private readonly options: PtyTerminalsOptions) {
    this.shellName = basename(options.shell);
  }

  async open(spec: TerminalSpec): Promise<Terminal> {
    const environment = await this.options.environment();
    const cwd = spec.cwd || this.options.cwd;
    checkCommand(spec.command);
    checkFolder(cwd);
    const shell = findShell(spec.shell ?? this.options.shell, environment);
    this.makeRoom();
    const id = ++this.lastId;
    const marker = `${this.marker}/${id}/`;
    const start = await this.confine(spec, {
      file: shell,
      args: [spec.login ? '-lc' : '-c', spec.command],
      cwd,
      env: {
        ...environment,
        ...gitEnvironment,
        ...(spec.tty ? ttyEnvironment : plainEnvironment),
        [markerName]: marker.slice(markerName.length + 1),
      },
    });
    const pty = this.spawn(start, spec.tty);
    const terminal = new PtyTerminal({
      id,
      command: spec.command,
      confined: spec.confinement !== undefined,
      ...(spec.itemId === undefined ? {} : { itemId: spec.itemId }),
      pty,
      marker,
      onFinished: () => this.terminals.delete(id),
    });
    const watch =
      spec.confinement &&
      watchLimits(
        { folder: cwd, pid: pty.pid },
        (reason) => terminal.endNow(reason),
        this.options.machineLimits,
      );
    terminal.onExit(() => {
      watch?.dispose();
      start.release();
    });
    this.terminals.set(id, terminal);
    return terminal;
  }

  /** @throws SandboxError where the command is to be confined and cannot be. */
  private async confine(spec: TerminalSpec, start: ProgramStart): Promise<ConfinedStart> {
    if (!spec.confinement) return { ...start, release: () => {} };
    return this.options.sandbox.confine(start, spec.confinement);
  }

  private spawn(start: ConfinedStart, tty: boolean): nodePty.IPty {
    try {
      return this.load().spawn(start.file, [...start.args], {
        name: tty ? 'xterm-256color' : 'dumb',
        cols: terminalSize.columns,
        rows: terminalSize.rows,
        cwd: start.cwd,
        env: { ...start.env },
        encoding: null,
      });
    } catch (error) {
      start.release();
      throw error;
    }
  }

  get(id: number): Terminal | undefined {
    return this.terminals.get(id);
  }

  get running(): readonly Terminal[] {
    return [...this.terminals.values()].filter(({ running }) => running);
  }

  async killAll(): Promise<void> {
    const terminals = [...this.terminals.values()];
    this.terminals.clear();
    await Promise.all(terminals.map((terminal) => terminal.kill()));
    // Commands that have ended and are forgotten may have left something behind.
    if (this.lastId > 0) await killTree({ marker: `${this.marker}/` });
  }

  private load(): Pick<typeof nodePty, 'spawn'> {
    try {
      return (this.pty ??= this.options.loadPty());
    } catch (error) {
      this.options.log?.error('node-pty could not be loaded', error);
      throw new ToldError(
        () => l10n.t('No command can be run: the terminal part of Tandem could not be loaded.'),
        { cause: error },
      );
    }
  }

  /** Ended commands that nobody asked for make way, oldest first. */
  private makeRoom(): void {
    if (this.terminals.size < maxTerminals) return;
    for (const [id, terminal] of this.terminals) {
      if (terminal.running) continue;
      this.terminals.delete(id);
      return;
    }
    throw new ToldError(() =>
      l10n.t('{0} commands are running already. End one of them first.', maxTerminals),
    );
  }
}

function checkCommand(command: string): void {
  if (command.includes('\0')) {
    throw new ToldError(() => l10n.t('The command holds a NUL character.'));
  }
  if (Buffer.byteLength(command) > maxCommandBytes) {
    throw new ToldError(() =>
      l10n.t('The command is longer than 128 KiB. Write a script to a file and run that.'),
    );
  }
}

function checkFolder(cwd: string): void {
  const stats = statSync(cwd, { throwIfNoEntry: false });
  if (!stats) throw new ToldError(() => l10n.t('The folder {0} does not exist.', cwd));
  if (!stats.isDirectory()) throw new ToldError(() => l10n.t('{0} is not a folder.', cwd));
  if (!isExecutable(cwd)) {
    throw new ToldError(() => l10n.t('The folder {0} cannot be entered.', cwd));
  }
}

/** The absolute path of a shell given by path or by name. */
function findShell(shell: string, environment: Environment): string {
  const candidates = isAbsolute(shell)
    ? [shell]
    : (environment.PATH ?? '').split(delimiter).map((folder) => join(folder, shell));
  const found = candidates.find(isExecutable);
  if (!found) throw new ToldError(() => l10n.t('The shell {0} cannot be run.', shell));
  return found;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
