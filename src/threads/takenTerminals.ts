import * as l10n from '@vscode/l10n';
import type { Disposable } from '../base/disposable';
import type { Terminal } from '../ports/terminal';
import type { ItemId } from '../protocol/ids';
import type { ThreadParts } from './threadParts';

/** A command that a person looks at: they watch it, and what they type takes it over from the agent. */
export type WatchedTerminal = Pick<
  Terminal,
  'id' | 'command' | 'running' | 'takenOver' | 'onExit' | 'watch' | 'resize' | 'kill'
> & {
  /** Types, which takes it over; the transcript says so. */
  type(chars: string): void;
  /** Gives it back to the agent; the transcript says so where it was taken over. */
  handBack(): void;
};

/** The running commands of a thread as a person works with them. */
export class TakenTerminals {
  private readonly watched = new WeakMap<Terminal, WatchedTerminal>();

  constructor(private readonly parts: Pick<ThreadParts, 'terminals' | 'events'>) {}

  /** The commands that run, oldest first. */
  get running(): readonly WatchedTerminal[] {
    return this.parts.terminals.running.map((terminal) => this.watch(terminal));
  }

  /** The running command that an item shows; undefined where it has ended. */
  find(itemId: ItemId): WatchedTerminal | undefined {
    const found = this.parts.terminals.running.find((terminal) => terminal.itemId === itemId);
    return found && this.watch(found);
  }

  /** The same object for the same command, so that it is opened once. */
  private watch(terminal: Terminal): WatchedTerminal {
    const known = this.watched.get(terminal) ?? this.wrap(terminal);
    this.watched.set(terminal, known);
    return known;
  }

  private wrap(terminal: Terminal): WatchedTerminal {
    const say = (text: string) =>
      this.parts.events.emit({ type: 'notice.raised', level: 'info', text });
    return {
      id: terminal.id,
      command: terminal.command,
      get running() {
        return terminal.running;
      },
      get takenOver() {
        return terminal.takenOver;
      },
      onExit: terminal.onExit,
      watch: (listener: (text: string) => void): Disposable => terminal.watch(listener),
      resize: (columns, rows) => terminal.resize(columns, rows),
      kill: () => terminal.kill(),
      type(chars) {
        const first = !terminal.takenOver && terminal.running;
        terminal.typeAsPerson(chars);
        if (first) {
          say(l10n.t('You took over the terminal of this command: {0}', terminal.command));
        }
      },
      handBack() {
        const had = terminal.takenOver;
        terminal.handBack();
        if (had) say(l10n.t('You handed the terminal of this command back: {0}', terminal.command));
      },
    };
  }
}
