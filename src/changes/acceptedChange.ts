import { runInSlices } from '../base/slices';
import type { AcceptedChange } from '../protocol/acceptedChanges';
import type { ChangedFile } from '../protocol/changes';
import type { ContentId } from '../protocol/ids';
import { sameBytes, type Content } from './content';
import { mirrorSteps } from './mirrorEdits';
import { decodePair, encodeText, splitLines } from './textFile';

/** What an accept did to a file that stood as `before` and stands as `after`, undefined where nothing is open any more. */
export function acceptedChange(
  before: ChangedFile,
  after: ChangedFile | undefined,
): AcceptedChange {
  const { path, baseline, live, executable } = before;
  const change = { path, before: baseline, after: after ? after.baseline : live };
  if (!executable) return change;
  const allowed = after ? (after.executable?.baseline ?? false) : executable.live;
  return { ...change, executable: { before: executable.baseline, after: allowed } };
}

/** A file without and with what the person accepted of the agent's edits; their own edits are in both. */
export interface AcceptedSides {
  readonly own: Content;
  readonly accepted: Content;
  /** Absent where the file may not be executed on either side. */
  readonly executable?: { readonly own: boolean; readonly accepted: boolean };
}

/**
 * What the accepts of one file, in their order, come to by now. What the person changed in between and since counts as
 * theirs; inside an accepted part it belongs to that part, and taking the part back leaves nothing accepted.
 * @param now the file as last accepted: without what waits for review.
 * @throws Error where a content is no longer kept.
 */
export async function acceptedSides(
  steps: readonly AcceptedChange[],
  now: Content,
  read: (id: ContentId | null) => Promise<Content>,
): Promise<AcceptedSides> {
  const [first] = steps;
  let own = first ? await read(first.before) : now;
  let accepted = own;
  for (const { before, after } of steps) {
    own = await follow(own, accepted, await read(before));
    accepted = await read(after);
  }
  own = await follow(own, accepted, now);
  const modes = steps.flatMap(({ executable }) => executable ?? []);
  const [oldest, newest] = [modes[0], modes.at(-1)];
  return {
    own,
    accepted: now,
    ...(oldest && newest && { executable: { own: oldest.before, accepted: newest.after } }),
  };
}

/** `own` after the person made `next` of `accepted`. */
async function follow(own: Content, accepted: Content, next: Content): Promise<Content> {
  if (sameBytes(accepted, next)) return own;
  if (sameBytes(own, accepted)) return next;
  // A file the person removed, or made anew, is theirs.
  if (next === null || accepted === null) return next;
  const [change, edit] = [decodePair(own, accepted), decodePair(accepted, next)];
  if (own === null || !change || !edit || change.encoding !== edit.encoding) return own;
  const lines = [change.before, change.after, edit.after].map(splitLines);
  const [base = [], live = [], now = []] = lines;
  const { baseline } = await runInSlices(mirrorSteps(base, live, now, []));
  return encodeText({ encoding: change.encoding, text: baseline });
}
