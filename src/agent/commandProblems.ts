import type { Diagnostic } from '../ports/diagnostics';
import type { TurnEnvironment } from './turnEnvironment';

/** Problems the model is told of at a time. */
const maxProblems = 20;

/**
 * Tells the model which problems language servers see in the files that its commands changed, as soon as both are
 * known: what a command changed is found out in the background, so this comes with a later request.
 */
export class CommandProblems {
  private readonly newProblems: ((paths: readonly string[]) => readonly Diagnostic[]) | undefined;
  private readonly told = new Set<string>();

  /** What is a problem by now is not new. */
  constructor(private readonly turn: TurnEnvironment) {
    this.newProblems = turn.diagnostics?.remember();
  }

  /** Appends what was not told yet to the history. */
  tell(): void {
    const paths = this.newProblems ? this.changedByCommands() : [];
    if (paths.length === 0) return;
    const fresh = (this.newProblems?.(paths) ?? [])
      .filter((problem) => !this.told.has(nameOf(problem)))
      .slice(0, maxProblems);
    if (fresh.length === 0) return;
    for (const problem of fresh) this.told.add(nameOf(problem));
    const lines = fresh.map(
      ({ path, line, severity, message }) => `${path}:${line} ${severity} ${message}`,
    );
    const text = [
      '<problems>',
      'New in files that your commands changed:',
      ...lines,
      '</problems>',
    ];
    this.turn.emit({
      type: 'history.appended',
      items: [
        { type: 'message', role: 'user', content: [{ type: 'input_text', text: text.join('\n') }] },
      ],
    });
  }

  private changedByCommands(): readonly string[] {
    const paths = this.turn
      .entries()
      .flatMap((entry) =>
        entry.type === 'fileChange' && entry.commandItemId !== undefined ? entry.changes : [],
      )
      .map(({ path }) => path);
    return [...new Set(paths)];
  }
}

/** The same problem on another line is told once. */
function nameOf({ path, severity, message }: Diagnostic): string {
  return `${path} ${severity} ${message}`;
}
