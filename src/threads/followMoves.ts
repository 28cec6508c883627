import type { Content } from '../changes/content';
import type { Touches } from '../changes/touches';
import type { TrackedFiles } from '../changes/trackedFiles';

/** What following moved files needs. */
export interface MoveParts {
  readonly tracked: TrackedFiles;
  readonly touches: Touches;
  readonly readLive: (path: string) => Promise<Content>;
}

/**
 * Takes along what the person moved in the editor, folders too; answers the files with their old and new paths.
 */
export function followMoves({
  tracked,
  touches,
}: MoveParts): readonly { readonly from: string; readonly to: string }[] {
  const moved: { from: string; to: string }[] = [];
  for (const { from, to } of touches.takeMoves()) {
    for (const path of tracked.pathsIn(from)) {
      const target = to + path.slice(from.length);
      tracked.moved(path, target);
      moved.push({ from: path, to: target });
    }
  }
  return moved;
}

/**
 * Between commands, a changed file that is gone while another one among `paths` holds exactly its content was moved
 * by the person. True where there was one.
 */
export async function guessMoves(
  { tracked, readLive }: MoveParts,
  paths: ReadonlySet<string>,
): Promise<boolean> {
  let found = false;
  for (const path of paths) {
    const live = tracked.get(path)?.live ?? null;
    if (live === null || (await readLive(path)) !== null) continue;
    for (const target of paths) {
      if (tracked.has(target) || tracked.idOf(await readLive(target)) !== live) continue;
      tracked.moved(path, target);
      found = true;
      break;
    }
  }
  return found;
}
