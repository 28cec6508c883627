import * as vscode from 'vscode';
import { DisposableStore } from '../../base/disposable';
import type { WatchedTerminal } from '../../threads/takenTerminals';
import { ClipboardFilter } from './clipboardFilter';

/**
 * A command of the agent in a terminal of VS Code: the person watches it, and what they type takes it over. Closing the
 * terminal hands the command back; it goes on.
 */
export class AgentTerminal implements vscode.Pseudoterminal {
  private readonly store = new DisposableStore();
  private readonly written = this.store.add(new vscode.EventEmitter<string>());
  private readonly closed = this.store.add(new vscode.EventEmitter<void>());
  private readonly filter = new ClipboardFilter();

  readonly onDidWrite = this.written.event;
  readonly onDidClose = this.closed.event;

  constructor(private readonly command: WatchedTerminal) {}

  open(size: vscode.TerminalDimensions | undefined): void {
    this.say(
      vscode.l10n.t(
        'A command of Tandem. Typing takes it over from the agent; closing this terminal hands it back.',
      ),
    );
    if (size) this.setDimensions(size);
    this.store.add(this.command.watch((text) => this.written.fire(this.filter.filter(text))));
    if (!this.command.running) return this.end();
    this.store.add(this.command.onExit(() => this.end()));
  }

  setDimensions({ columns, rows }: vscode.TerminalDimensions): void {
    this.command.resize(columns, rows);
  }

  handleInput(chars: string): void {
    if (this.command.running) this.command.type(chars);
    else this.closed.fire();
  }

  close(): void {
    this.command.handBack();
    this.store.dispose();
  }

  private end(): void {
    this.say(vscode.l10n.t('The command has ended. Press any key to close this terminal.'));
  }

  /** Words of ours, dim, on a line of their own. */
  private say(text: string): void {
    this.written.fire(`\r\x1b[0;2m[${text}]\x1b[0m\r\n`);
  }
}
