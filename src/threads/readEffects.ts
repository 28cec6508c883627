import type { Content } from '../changes/content';
import { summarizeChange } from '../changes/summarizeChange';
import type { TrackedFiles } from '../changes/trackedFiles';
import type { TreeChange } from '../ports/contentStore';
import type { FileChangeSummary } from '../protocol/items';

/** Contents read at the same time. */
const batchSize = 50;

/** Diffs of one command's item, in characters; files beyond it are listed without their diff. */
const maxItemDiff = 500_000;

/** What a command did to one file. */
export interface ReadEffect {
  readonly change: TreeChange;
  readonly before: Content;
  readonly after: Content;
  readonly summary: FileChangeSummary;
}

/** Reads what a command did, a few files at a time. */
export async function* readEffects(
  effects: readonly TreeChange[],
  tracked: Pick<TrackedFiles, 'contentOf'>,
): AsyncGenerator<ReadEffect> {
  let room = maxItemDiff;
  for (let start = 0; start < effects.length; start += batchSize) {
    const batch = effects.slice(start, start + batchSize);
    const contents = await Promise.all(batch.map((change) => contentsOf(change, tracked)));
    for (const [at, change] of batch.entries()) {
      const [before, after] = contents[at]!;
      const summary = summarizeChange(change.path, before, after);
      room -= summary.diff.length;
      yield { change, before, after, summary: room < 0 ? { ...summary, diff: '' } : summary };
    }
  }
}

/** The contents of a file before and after a command. */
export function contentsOf(
  { before, after }: TreeChange,
  tracked: Pick<TrackedFiles, 'contentOf'>,
): Promise<readonly [Content, Content]> {
  return Promise.all([tracked.contentOf(before), tracked.contentOf(after)]);
}
