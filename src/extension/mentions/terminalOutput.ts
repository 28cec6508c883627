import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import { cleanTerminalText } from '../../base/terminalText';

/** Of one command; a program that prints on and on is read no further. */
const maxReadCharacters = 1_000_000;
const maxKeptCharacters = 60_000;

/** What the last command of a terminal printed, as a person reads it. */
export interface LastCommand {
  readonly command: string;
  readonly output: string;
  /** True where the start, or what came later, is left out. */
  readonly cut: boolean;
}

interface Printed {
  readonly command: string;
  raw: string;
  cut: boolean;
}

/**
 * Follows the person's own terminals where the shell tells when a command begins; what is selected in a terminal, or
 * was printed before, VS Code does not give to extensions.
 */
export class TerminalOutput implements Disposable {
  private readonly store = new DisposableStore();
  private readonly last = new WeakMap<vscode.Terminal, Printed>();

  constructor() {
    this.store.add(
      vscode.window.onDidStartTerminalShellExecution(({ terminal, execution }) => {
        void this.follow(terminal, execution);
      }),
    );
  }

  /** Of the active terminal; undefined where nothing ran in it since the first view of ours was opened. */
  active(): ({ readonly name: string } & LastCommand) | undefined {
    const terminal = vscode.window.activeTerminal;
    const last = terminal && this.last.get(terminal);
    if (!last) return undefined;
    const { command, raw, cut } = last;
    return { name: terminal.name, command, output: cleanTerminalText(raw).trim(), cut };
  }

  dispose(): void {
    this.store.dispose();
  }

  private async follow(
    terminal: vscode.Terminal,
    execution: vscode.TerminalShellExecution,
  ): Promise<void> {
    const command = execution.commandLine.value;
    const printed: Printed = { command, raw: '', cut: false };
    this.last.set(terminal, printed);
    let read = 0;
    for await (const data of execution.read()) {
      read += data.length;
      printed.raw += data;
      if (printed.raw.length > 2 * maxKeptCharacters) {
        printed.raw = printed.raw.slice(-maxKeptCharacters);
        printed.cut = true;
      }
      if (read > maxReadCharacters) {
        printed.cut = true;
        return;
      }
    }
  }
}
