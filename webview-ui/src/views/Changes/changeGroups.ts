import * as l10n from '@vscode/l10n';
import {
  unseenParts,
  type HunkOrigins,
  type SeenChanges,
} from '../../../../src/protocol/changePreview';
import type {
  ChangedFile,
  ChangeOrigin,
  ChangePart,
  ChangeTarget,
  Hunk,
} from '../../../../src/protocol/changes';
import { findRenames } from '../../../../src/protocol/renames';
import type { TurnState } from '../../../../src/protocol/threadState';
import { describeOrigins, stepWords } from './origins';

export const groupings = ['file', 'turn', 'step', 'seen'] as const;
/** What the changes are grouped by; `seen`: what is new since the person last looked comes first. */
export type Grouping = (typeof groupings)[number];

/** A file in a group, with those of its hunks that belong there. */
export interface GroupedFile {
  readonly file: ChangedFile;
  readonly hunks: readonly Hunk[];
  /** False where other hunks of the file are in other groups. */
  readonly whole: boolean;
  /** The deleted file this one replaces. */
  readonly renamedFrom?: ChangedFile;
  /** The calls of the group that made its part of the file. */
  readonly origins: readonly ChangeOrigin[];
  /** What came since the last look: ids of hunks, or the live content of a file that has none. */
  readonly fresh: ReadonlySet<string>;
}

export interface ChangeGroup {
  readonly key: string;
  /** Absent where the files are not grouped. */
  readonly title?: string;
  /** What of the group says more, such as its command. */
  readonly hint?: string;
  readonly files: readonly GroupedFile[];
}

export interface GroupingFacts {
  readonly turns: readonly TurnState[];
  /** Undefined until the host has told. */
  readonly origins?: HunkOrigins | undefined;
  /** What the person had seen; null where they never looked, so that nothing stands out as new. */
  readonly seen: SeenChanges | null;
}

/** The changes in groups, the newest group first. A file that was renamed stands for both of its paths. */
export function groupChanges(
  files: readonly ChangedFile[],
  grouping: Grouping,
  facts: GroupingFacts,
): readonly ChangeGroup[] {
  const entries = entriesOf(files, facts.seen);
  if (grouping === 'file') return [{ key: 'all', files: entries }];
  if (grouping === 'seen') return groupBySeen(entries);
  const groups = new Map<string, { origin: ChangeOrigin; files: GroupedFile[] }>();
  for (const entry of entries) {
    const origins = new Map<string, ChangeOrigin>();
    const keyOf = (hunkId: string) => {
      const origin = originOf(entry, hunkId, facts.origins);
      const key = groupKey(origin, grouping);
      origins.set(key, origin);
      return key;
    };
    for (const { key, entry: part } of splitBy(entry, keyOf)) {
      const group = groups.get(key) ?? { origin: origins.get(key) ?? unknownOrigin, files: [] };
      const own = part.file.origins.filter((each) => groupKey(each, grouping) === key);
      group.files.push({ ...part, origins: own });
      groups.set(key, group);
    }
  }
  const order = new Map(facts.turns.map(({ id }, index) => [id, index]));
  const place = ({ turnId }: ChangeOrigin) => order.get(turnId) ?? -1;
  return [...groups]
    .map(([key, group], index) => ({ key, index, ...group }))
    .sort(
      (a, b) =>
        place(b.origin) - place(a.origin) ||
        (b.origin.step ?? 0) - (a.origin.step ?? 0) ||
        b.index - a.index,
    )
    .map(({ key, origin, files: grouped }) => ({
      key,
      ...describeGroup(origin, grouping, grouped, facts.turns, place(origin)),
      files: grouped,
    }));
}

/** What an accept or reject of a file in its group is about. */
export function targetOfFile(entry: GroupedFile): ChangeTarget {
  const { file, whole, renamedFrom } = entry;
  if (whole && !renamedFrom) return { path: file.path };
  return { parts: partsOfFile(entry) };
}

/** What an accept or reject of a whole group is about: one operation. */
export function targetOfGroup({ files }: ChangeGroup): ChangeTarget {
  return { parts: files.flatMap(partsOfFile), group: true };
}

function partsOfFile({ file, hunks, whole, renamedFrom }: GroupedFile): readonly ChangePart[] {
  const { path } = file;
  if (!whole) return [{ path, hunkIds: hunks.map(({ id }) => id) }];
  return renamedFrom ? [{ path }, { path: renamedFrom.path }] : [{ path }];
}

function entriesOf(files: readonly ChangedFile[], seen: SeenChanges | null): GroupedFile[] {
  const renames = findRenames(files);
  const replaced = new Set(renames.values());
  const byPath = new Map(files.map((file) => [file.path, file]));
  return files.flatMap((file): GroupedFile[] => {
    if (replaced.has(file.path)) return [];
    const from = renames.get(file.path);
    const renamedFrom = from === undefined ? undefined : byPath.get(from);
    const entry = {
      file,
      hunks: file.hunks,
      whole: true,
      origins: file.origins,
      fresh: new Set(seen ? unseenParts(file, seen) : []),
    };
    return [renamedFrom ? { ...entry, renamedFrom } : entry];
  });
}

function groupBySeen(entries: readonly GroupedFile[]): readonly ChangeGroup[] {
  const [fresh, known]: [GroupedFile[], GroupedFile[]] = [[], []];
  for (const entry of entries) {
    for (const part of splitBy(entry, (id) => entry.fresh.has(id))) {
      (part.key ? fresh : known).push(part.entry);
    }
  }
  return [
    { key: 'fresh', title: l10n.t('New since you last looked'), files: fresh },
    { key: 'known', title: l10n.t('Seen before'), files: known },
  ].filter(({ files }) => files.length > 0);
}

/** A file by what `keyOf` says of its hunks; one without hunks, or renamed, stays whole. */
function splitBy<Key>(
  entry: GroupedFile,
  keyOf: (hunkId: string) => Key,
): readonly { readonly key: Key; readonly entry: GroupedFile }[] {
  const { file, hunks, renamedFrom } = entry;
  if (hunks.length === 0 || renamedFrom)
    return [{ key: keyOf(hunks[0]?.id ?? file.live ?? ''), entry }];
  const parts = new Map<Key, Hunk[]>();
  for (const hunk of hunks) {
    const key = keyOf(hunk.id);
    const part = parts.get(key);
    if (part) part.push(hunk);
    else parts.set(key, [hunk]);
  }
  const whole = parts.size === 1;
  return [...parts].map(([key, part]) => ({
    key,
    entry: whole ? entry : { ...entry, hunks: part, whole },
  }));
}

const unknownOrigin: ChangeOrigin = { turnId: '', itemId: '', label: '' };

/** The newest call that had a part in a hunk; the file's newest where nobody knows. */
function originOf(
  { file }: GroupedFile,
  hunkId: string,
  origins: HunkOrigins | undefined,
): ChangeOrigin {
  const newest = file.origins.at(-1) ?? unknownOrigin;
  const itemIds = origins?.[file.path]?.[hunkId];
  if (!itemIds) return newest;
  return file.origins.findLast(({ itemId }) => itemIds.includes(itemId)) ?? newest;
}

function groupKey({ turnId, itemId, step }: ChangeOrigin, grouping: 'turn' | 'step'): string {
  return grouping === 'turn' ? turnId : `${turnId} ${step ?? itemId}`;
}

function describeGroup(
  origin: ChangeOrigin,
  grouping: 'turn' | 'step',
  files: readonly GroupedFile[],
  turns: readonly TurnState[],
  place: number,
): Pick<ChangeGroup, 'title' | 'hint'> {
  const turn = place < 0 ? undefined : place + 1;
  if (grouping === 'turn') {
    const hint = firstLine(turns[place]);
    return { title: stepWords(turn, undefined), ...(hint === '' ? {} : { hint }) };
  }
  const made = files.flatMap(({ origins }) => origins);
  const title = stepWords(turn, origin.step);
  if (made.length === 0 && origin === unknownOrigin) return { title };
  return { title, hint: describeOrigins(made.length > 0 ? made : [origin]) };
}

/** What the person asked for in a turn. */
function firstLine(turn: TurnState | undefined): string {
  const said = turn?.entries.find((entry) => entry.type === 'userMessage');
  return said?.input.text.trim().split('\n')[0] ?? '';
}
