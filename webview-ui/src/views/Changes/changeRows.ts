import type { Hunk } from '../../../../src/protocol/changes';
import type { ChangeGroup, GroupedFile } from './changeGroups';

/** One line of the list, flat, so that only what is in sight has to be drawn. */
export type ChangeRow =
  | {
      readonly kind: 'group';
      readonly key: string;
      readonly open: boolean;
      readonly group: ChangeGroup;
    }
  | {
      readonly kind: 'file';
      readonly key: string;
      readonly open: boolean;
      readonly entry: GroupedFile;
      readonly group: ChangeGroup;
    }
  | {
      readonly kind: 'hunk';
      readonly key: string;
      readonly entry: GroupedFile;
      readonly hunk: Hunk;
      /** From 1, of all hunks of the file. */
      readonly number: number;
    }
  /** What an opened file without hunks says. */
  | { readonly kind: 'whole'; readonly key: string; readonly entry: GroupedFile };

/** How deep a row stands in the tree, from 1. */
export function levelOf({ kind }: ChangeRow, grouped: boolean): number {
  if (kind === 'group') return 1;
  return (kind === 'file' ? 1 : 2) + (grouped ? 1 : 0);
}

/** The rows of all groups; `isOpen` says of a group's or file's key whether what is under it shows. */
export function changeRows(
  groups: readonly ChangeGroup[],
  isOpen: (key: string, path: string | undefined) => boolean,
): readonly ChangeRow[] {
  const rows: ChangeRow[] = [];
  for (const group of groups) {
    if (group.title !== undefined) {
      const open = isOpen(group.key, undefined);
      rows.push({ kind: 'group', key: group.key, open, group });
      if (!open) continue;
    }
    for (const entry of group.files) {
      const key = `${group.key}\n${entry.file.path}`;
      const open = isOpen(key, entry.file.path);
      rows.push({ kind: 'file', key, open, entry, group });
      if (open) rows.push(...rowsBelow(entry, key));
    }
  }
  return rows;
}

function rowsBelow(entry: GroupedFile, key: string): ChangeRow[] {
  if (entry.renamedFrom || entry.hunks.length === 0) {
    return [{ kind: 'whole', key: `${key}\nwhole`, entry }];
  }
  const numbers = new Map(entry.file.hunks.map(({ id }, index) => [id, index + 1]));
  return entry.hunks.map((hunk) => ({
    kind: 'hunk',
    key: `${key}\n${hunk.id}`,
    entry,
    hunk,
    number: numbers.get(hunk.id) ?? 0,
  }));
}

/** The row to go to once this one and what stands under it are settled: the next change, else the one before. */
export function rowAfter(rows: readonly ChangeRow[], index: number): ChangeRow | undefined {
  const row = rows[index];
  if (!row) return undefined;
  const isUnder = ({ key }: ChangeRow) => key === row.key || key.startsWith(`${row.key}\n`);
  const next = rows.slice(index + 1).find((other) => !isUnder(other) && other.kind !== 'whole');
  if (next) return next;
  return rows.slice(0, index).findLast(({ kind }) => kind === 'hunk' || kind === 'file');
}
