import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { WatchedTerminal } from '../../threads/takenTerminals';
import { ContextKeys } from '../editors/contextKeys';
import { messageText } from '../messageText';
import { AgentTerminal } from './agentTerminal';

/** Longer names leave no room for the other tabs. */
const longestName = 30;

/** The agent's commands that are open as terminals of VS Code. Nothing opens by itself. */
export class AgentTerminals implements Disposable {
  private readonly store = new DisposableStore();
  private readonly opened = new Map<vscode.Terminal, WatchedTerminal>();
  private readonly keys = new ContextKeys();

  constructor() {
    this.store.add(vscode.window.onDidChangeActiveTerminal(() => this.update()));
    this.store.add(
      vscode.window.onDidCloseTerminal((terminal) => {
        this.opened.delete(terminal);
        this.update();
      }),
    );
  }

  /** The command of the terminal that the person was in last; undefined where that is none of ours. */
  get active(): WatchedTerminal | undefined {
    const { activeTerminal } = vscode.window;
    return activeTerminal && this.opened.get(activeTerminal);
  }

  /** Opens a command, or goes to where it is open. */
  show(command: WatchedTerminal): void {
    const known = [...this.opened].find(([, each]) => each === command)?.[0];
    const terminal = known ?? this.open(command);
    terminal.show();
  }

  dispose(): void {
    for (const terminal of this.opened.keys()) terminal.dispose();
    this.store.dispose();
  }

  private open(command: WatchedTerminal): vscode.Terminal {
    const terminal = vscode.window.createTerminal({
      name: nameOf(command),
      pty: new AgentTerminal(command),
      iconPath: new vscode.ThemeIcon('sparkle'),
      isTransient: true,
    });
    this.opened.set(terminal, command);
    return terminal;
  }

  private update(): void {
    this.keys.set('tandem.terminalActive', this.active !== undefined);
  }
}

function nameOf({ command }: WatchedTerminal): string {
  const line = messageText(command);
  const shown = line.length > longestName ? `${line.slice(0, longestName - 1)}…` : line;
  return vscode.l10n.t('Tandem: {0}', shown);
}
