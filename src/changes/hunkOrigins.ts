import type { Steps } from '../base/slices';
import type { Hunk } from '../protocol/changes';
import type { ItemId } from '../protocol/ids';
import { diffSteps } from './lineDiff';
import { splitLines } from './textFile';

/** A text that one call made of another. */
export interface TextWrite {
  readonly itemId: ItemId;
  readonly before: string;
  readonly after: string;
}

/** Who a line is from, and who removed lines right before it. The end of the text is a place as well. */
interface Place {
  readonly madeBy: ItemId | undefined;
  readonly removedBy: ReadonlySet<ItemId>;
}

const nobody: ReadonlySet<ItemId> = new Set();

/**
 * The calls that made each hunk, by hunk id, oldest first: what each line of the live text is from is followed through
 * all writes, and what changed between two of them is the person's own.
 * @param writes of this one file, oldest first.
 */
export function* hunkOriginSteps(
  writes: readonly TextWrite[],
  live: string,
  hunks: readonly Hunk[],
): Steps<Readonly<Record<string, readonly ItemId[]>>> {
  const [first] = writes;
  let text = splitLines(first?.before ?? live);
  let places = text.concat('').map((): Place => ({ madeBy: undefined, removedBy: nobody }));
  for (const { itemId, before, after } of writes) {
    yield* follow(undefined, splitLines(before));
    yield* follow(itemId, splitLines(after));
  }
  yield* follow(undefined, splitLines(live));
  const order = writes.map(({ itemId }) => itemId);
  return Object.fromEntries(
    hunks.map(({ id, liveStart, liveCount }) => {
      const found = new Set<ItemId>();
      for (const { madeBy, removedBy } of places.slice(liveStart, liveStart + liveCount)) {
        if (madeBy !== undefined) found.add(madeBy);
        for (const itemId of removedBy) found.add(itemId);
      }
      for (const itemId of places[liveStart + liveCount]?.removedBy ?? []) found.add(itemId);
      return [id, [...new Set(order.filter((itemId) => found.has(itemId)))]];
    }),
  );

  function* follow(by: ItemId | undefined, next: readonly string[]): Steps<void> {
    const grown: Place[] = [];
    let at = 0;
    for (const { baseStart, baseEnd, liveStart, liveEnd } of yield* diffSteps(text, next)) {
      grown.push(...places.slice(at, baseStart));
      const removedBy = new Set(by !== undefined && baseEnd > baseStart ? [by] : []);
      for (const place of places.slice(baseStart, baseEnd + 1)) {
        for (const itemId of place.removedBy) removedBy.add(itemId);
      }
      for (let line = liveStart; line < liveEnd; line += 1) {
        grown.push({ madeBy: by, removedBy: nobody });
      }
      const following = places[baseEnd];
      if (following) grown.push({ ...following, removedBy });
      at = baseEnd + 1;
    }
    places = grown.concat(places.slice(at));
    text = [...next];
  }
}
