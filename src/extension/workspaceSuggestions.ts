import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable';
import { Emitter } from '../base/emitter';
import type { Suggestion } from '../protocol/viewProtocol';
import type { Host } from './host';

/** Language servers report in bursts: this long after one, in milliseconds, what they say is looked at. */
const settleMs = 1000;

/**
 * What the open folder suggests to ask. It looks when the empty state appears, and hears of errors as long as that is
 * shown; nothing is looked for before.
 */
export class WorkspaceSuggestions implements Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new Emitter<void>());
  /** Fires when there is something else to suggest. */
  readonly onDidChange = this.changed.event;
  private readonly found = new Map<string, readonly Suggestion[]>();
  private problem: Suggestion | undefined;
  private folder: string | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly host: Pick<Host, 'shown' | 'log'>) {
    this.store.add(
      host.shown.onDidChange(() => {
        if (!host.shown.current && this.folder !== undefined) this.look(this.folder);
      }),
    );
    this.store.add({ dispose: () => clearTimeout(this.timer) });
  }

  /** What is known of a folder (absolute) now; the first call looks, and the event tells of what it found. */
  of(folder: string): readonly Suggestion[] {
    if (this.folder === undefined) this.followProblems();
    if (this.folder !== folder) this.look(folder);
    const found = this.found.get(folder);
    if (!found) return [];
    return this.problem ? [this.problem, ...found] : found;
  }

  dispose(): void {
    this.store.dispose();
  }

  private look(folder: string): void {
    this.folder = folder;
    const { log } = this.host;
    import('./heavyParts')
      .then(async ({ findFolderSuggestions, suggestProblem }) => {
        this.found.set(folder, await findFolderSuggestions(folder));
        this.problem = suggestProblem(folder);
        this.changed.fire();
      })
      .catch((error: unknown) => log.warn(`No suggestions: ${String(error)}`));
  }

  private followProblems(): void {
    this.store.add(
      vscode.languages.onDidChangeDiagnostics(() => {
        if (this.host.shown.current) return;
        this.timer ??= setTimeout(() => void this.readProblems(), settleMs);
      }),
    );
  }

  private async readProblems(): Promise<void> {
    this.timer = undefined;
    const { suggestProblem } = await import('./heavyParts');
    const problem = this.folder === undefined ? undefined : suggestProblem(this.folder);
    if (problem?.label === this.problem?.label) return;
    this.problem = problem;
    this.changed.fire();
  }
}
