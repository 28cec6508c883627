import type { ThreadEvent } from '../protocol/events';
import type { ItemId } from '../protocol/ids';

/** Files that the model is told of at most. */
const maxPaths = 50;

/**
 * Collects which files of commands were taken back and not kept, so that the model hears of it. A fold of events, as
 * `ReviewNotes` is: what a command's item began with and did not end with stays taken back.
 */
export class TakenBackNotes {
  private readonly asked = new Map<ItemId, readonly string[]>();
  private readonly paths = new Set<string>();

  observe(event: ThreadEvent): void {
    if (event.type === 'files.written' && event.by === undefined) {
      for (const { path } of event.files) this.paths.delete(path);
    }
    if (event.type !== 'item.started' && event.type !== 'item.completed') return;
    const { item } = event;
    if (item.type !== 'fileChange' || item.commandItemId === undefined) return;
    const paths = item.changes.map(({ path }) => path);
    if (event.type === 'item.started') {
      this.asked.set(item.id, paths);
      return;
    }
    const kept = item.status === 'completed' ? paths : [];
    for (const path of this.asked.get(item.id) ?? [])
      if (!kept.includes(path)) this.paths.add(path);
    this.asked.delete(item.id);
  }

  /** Lines for the model; none where there is nothing to tell. */
  text(): readonly string[] {
    if (this.paths.size === 0) return [];
    const paths = [...this.paths].sort();
    const left = paths.length - maxPaths;
    return [
      'Taken back, so these files are as they were before the command: other programs obey them, and what a command writes there is kept only where the person allows it. Do not write them by a command again; where they are needed, propose them with apply_patch:',
      ...paths.slice(0, maxPaths),
      ...(left > 0 ? [`(${left} more files)`] : []),
    ];
  }

  forget(): void {
    this.paths.clear();
  }
}
