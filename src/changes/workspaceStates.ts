import type { ContentStore, TreeChange } from '../ports/contentStore';
import type { ContentId, TreeId } from '../protocol/ids';
import type { Content } from './content';
import type { Touches } from './touches';

/** Takes states of the workspace and tells what of their differences a command made. */
export class WorkspaceStates {
  private last: TreeId | undefined;
  /** What someone other than a command wrote since the last state. */
  private readonly written = new Map<string, ContentId | null>();

  constructor(
    private readonly contents: ContentStore,
    private readonly touches: Touches,
    private readonly read: (path: string) => Promise<Content>,
    private readonly idOf: (content: Content) => ContentId | null,
  ) {}

  /** False until there is a state to compare with. */
  get isKnown(): boolean {
    return this.last !== undefined;
  }

  /** The patch tool, a reject or the person wrote this file: no command did. */
  noteWritten(path: string, content: Content): void {
    this.written.set(path, this.idOf(content));
  }

  /** Takes a new state; answers the files that differ from the last one, whoever changed them. */
  async takeNew(): Promise<string[]> {
    const { changes } = await this.compare();
    this.written.clear();
    return changes.map(({ path }) => path);
  }

  /** Takes a new state after a command; answers what the command changed, by content and not by guess. */
  async takeEffects(): Promise<TreeChange[]> {
    const { changes, typed } = await this.compare();
    const effects: TreeChange[] = [];
    for (const change of changes) {
      const { path, after } = change;
      const known = this.written.get(path);
      if (typed.has(path)) continue;
      if (known === undefined) effects.push(change);
      else if (known !== after) effects.push({ ...change, before: known });
    }
    for (const [path, before] of this.written) {
      if (typed.has(path) || changes.some((change) => change.path === path)) continue;
      // As in the last state, but someone wrote in between: perhaps the command put the old content back.
      const now = await this.read(path);
      const after = now && (await this.contents.put(now));
      if (after !== before) effects.push({ path, before, after });
    }
    this.written.clear();
    return effects;
  }

  /** A new state, its differences from the last one, and what the person typed since then. */
  private async compare(): Promise<{
    readonly changes: readonly TreeChange[];
    readonly typed: ReadonlySet<string>;
  }> {
    const typedSince = this.touches.beginState();
    const from = this.last;
    this.last = await this.contents.snapshot();
    const changes = from && this.last ? await this.contents.diff(from, this.last) : [];
    return { changes, typed: typedSince() };
  }
}
