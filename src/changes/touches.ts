import type { Disposable } from '../base/disposable';
import type { FileTouch, WorkspaceFiles } from '../ports/workspaceFiles';

/** The person's edits are looked at when none came for this long. */
const debounceMs = 100;

/** Collects which files may have been changed by someone else until somebody looks at them. */
export class Touches implements Disposable {
  private readonly subscription: Disposable;
  private readonly waiting = new Map<string, FileTouch['by']>();
  /** Edited in an editor since the last state of the workspace: never a command's doing. */
  private typed = new Set<string>();
  private moves: { readonly from: string; readonly to: string }[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    onDidChange: WorkspaceFiles['onDidChange'],
    private readonly onQuiet: () => void,
  ) {
    this.subscription = onDidChange((touch) => this.add(touch));
  }

  /** Files nobody looked at yet. */
  get paths(): readonly string[] {
    return [...this.waiting.keys()];
  }

  /** Those of them that an editor changed for sure, and not perhaps a running command. */
  get typedPaths(): readonly string[] {
    return this.paths.filter((path) => this.waiting.get(path) !== 'disk');
  }

  /** True where the person typed since the last state of the workspace was taken. */
  get typedSinceState(): boolean {
    return this.typed.size > 0;
  }

  /** What the person moved since the last call: files and folders. */
  takeMoves(): readonly { readonly from: string; readonly to: string }[] {
    const { moves } = this;
    this.moves = [];
    return moves;
  }

  /** Somebody looked at the file. */
  remove(path: string): void {
    this.waiting.delete(path);
  }

  /**
   * Called when a new state of the workspace is about to be taken; the answer gives the files typed in since the
   * state before. What is typed while it is taken may or may not be in it, so that counts before and after it.
   */
  beginState(): () => ReadonlySet<string> {
    const before = this.typed;
    this.typed = new Set();
    return () => new Set([...before, ...this.typed]);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscription.dispose();
  }

  private add({ path, by, movedFrom }: FileTouch): void {
    if (movedFrom !== undefined) {
      this.moves.push({ from: movedFrom, to: path });
      this.typed.add(movedFrom);
    }
    // That the person typed outweighs what a watcher says about the same file.
    if ((this.waiting.get(path) ?? 'disk') === 'disk') this.waiting.set(path, by);
    if (by !== 'disk') this.typed.add(path);
    clearTimeout(this.timer);
    this.timer = setTimeout(this.onQuiet, debounceMs);
  }
}
