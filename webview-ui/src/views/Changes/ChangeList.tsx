import * as l10n from '@vscode/l10n';
import { useCallback, useMemo, useState, type ReactElement } from 'react';
import type { ChangeSet, ChangeTarget, Resolution } from '../../../../src/protocol/changes';
import { Icon } from '../../components/Icon';
import { joinParts } from '../../format';
import { useModel } from '../../viewContext';
import { groupChanges, type GroupedFile, type Grouping } from './changeGroups';
import { changeRows, levelOf, type ChangeRow } from './changeRows';
import { fileTags, hunkCounts, obeyedWords, placeWords, wholeFileWords } from './fileWords';
import { FileRow } from './FileRow';
import { filesToOpen } from './filesToOpen';
import { GroupRow } from './GroupRow';
import { HunkRow } from './HunkRow';
import { describeOrigins, isPatched, listOrigins } from './origins';
import { useHunkOrigins } from './useHunkOrigins';
import type { Look } from './useLook';
import { useRowKeys } from './useRowKeys';
import { useRowWindow } from './useRowWindow';

/** Pixels a row takes before it is drawn for the first time. */
const estimates = { group: 28, file: 26, hunk: 120, whole: 28 };

/** The changed files as a tree: files, or groups of them, that open to their hunks. */
export function ChangeList(props: {
  readonly changeSet: ChangeSet;
  readonly grouping: Grouping;
  readonly look: Look;
  /** Kept outside, so that it outlives the folding of the panel. */
  readonly chosen: ChosenRows;
  readonly onChoose: (change: (before: ChosenRows) => ChosenRows) => void;
  readonly onResolve: (resolution: Resolution, target: ChangeTarget) => void;
}): ReactElement {
  const { changeSet, grouping, look, onResolve } = props;
  const { files, notes } = changeSet;
  const turns = useModel(({ thread }) => thread?.turns) ?? noTurns;
  const origins = useHunkOrigins(changeSet, grouping === 'turn' || grouping === 'step');
  const { isOpen, toggle } = useOpenRows(changeSet, props.chosen, props.onChoose);
  const groups = useMemo(
    () => groupChanges(files, grouping, { turns, origins, seen: look.seen }),
    [files, grouping, turns, origins, look.seen],
  );
  const rows = useMemo(() => changeRows(groups, isOpen), [groups, isOpen]);
  const keys = useMemo(() => rows.map(({ key }) => key), [rows]);
  const { tree, active, reachable, handlers } = useRowKeys(rows, { toggle, resolve: onResolve });
  const { scroller, parts, onScroll, measure } = useRowWindow(
    keys,
    (index) => estimates[rows[index]?.kind ?? 'file'],
    active,
  );
  const grouped = grouping !== 'file';

  function drawRow(row: ChangeRow): ReactElement {
    switch (row.kind) {
      case 'group':
        return (
          <GroupRow
            group={row.group}
            open={row.open}
            onToggle={() => toggle(row.key)}
            onResolve={onResolve}
          />
        );
      case 'file':
        return (
          <>
            <FileRow
              entry={row.entry}
              open={row.open}
              part={row.entry.whole ? undefined : row.group.title}
              makers={grouping === 'step' ? undefined : makersOf(row.entry)}
              onToggle={() => toggle(row.key)}
              onResolve={onResolve}
            />
            {row.open && <Makers lines={listOrigins(row.entry.origins, turns)} />}
          </>
        );
      case 'hunk':
        return (
          <HunkRow
            file={row.entry.file}
            hunk={row.hunk}
            number={row.number}
            fresh={row.entry.fresh.has(row.hunk.id)}
            onResolve={onResolve}
          />
        );
      case 'whole':
        return <p className="note">{wholeFileWords(row.entry)}</p>;
    }
  }

  return (
    <div className="dock-body change-list" ref={scroller} onScroll={onScroll}>
      <div role="tree" aria-label={l10n.t('Changed files')} ref={tree} {...handlers}>
        {parts.map((part) => {
          if (part.kind === 'gap') {
            return <div key={part.key} role="none" style={{ height: part.height }} />;
          }
          const row = rows[part.index];
          if (!row) return null;
          return (
            <div
              key={row.key}
              ref={measure}
              className="change-row"
              data-row={row.key}
              role="treeitem"
              aria-level={levelOf(row, grouped)}
              aria-label={labelOf(row)}
              aria-expanded={'open' in row ? row.open : undefined}
              tabIndex={part.index === reachable ? 0 : -1}
            >
              {drawRow(row)}
            </div>
          );
        })}
      </div>
      {notes.map((note) => (
        <p key={note} className="note">
          <Icon name="info" tone="muted" />
          <span>{note}</span>
        </p>
      ))}
    </div>
  );
}

const noTurns = [] as const;

function makersOf({ origins }: GroupedFile): string | undefined {
  return isPatched(origins) ? undefined : describeOrigins(origins);
}

/** Who made a change, step by step. */
function Makers({ lines }: { readonly lines: readonly string[] }): ReactElement | null {
  if (lines.length === 0) return null;
  return (
    <ul className="makers" aria-label={l10n.t('Made by')}>
      {lines.map((line, index) => (
        <li key={index} title={line}>
          {line}
        </li>
      ))}
    </ul>
  );
}

function labelOf(row: ChangeRow): string {
  switch (row.kind) {
    case 'group':
      return row.group.hint === undefined
        ? (row.group.title ?? '')
        : l10n.t('{0}: {1}', row.group.title ?? '', row.group.hint);
    case 'file': {
      const { file, fresh } = row.entry;
      const counts = file.binary
        ? []
        : [l10n.t('{0} added, {1} removed', file.added, file.removed)];
      const marks = fresh.size > 0 ? [l10n.t('new since you last looked')] : [];
      const obeyed = obeyedWords(row.entry);
      const reasons = obeyed === undefined ? [] : [obeyed];
      return joinParts([file.path, ...fileTags(row.entry), ...counts, ...marks, ...reasons]);
    }
    case 'hunk': {
      const { file, fresh } = row.entry;
      const { id } = row.hunk;
      const { added, removed } = hunkCounts(row.hunk);
      return joinParts([
        l10n.t('Hunk {0} of {1}', row.number, file.hunks.length),
        placeWords(file, id),
        l10n.t('{0} added, {1} removed', added, removed),
        ...(fresh.has(id) ? [l10n.t('new since you last looked')] : []),
      ]);
    }
    case 'whole':
      return wholeFileWords(row.entry);
  }
}

/** What of the rows the person opened and closed, by key. */
export type ChosenRows = ReadonlyMap<string, boolean>;

/** What is open: groups and, at first, the first small files; then what the person chose. */
function useOpenRows(
  { files }: ChangeSet,
  chosen: ChosenRows,
  onChoose: (change: (before: ChosenRows) => ChosenRows) => void,
): {
  readonly isOpen: (key: string, path: string | undefined) => boolean;
  readonly toggle: (key: string) => void;
} {
  const [first] = useState(() => filesToOpen(files));
  const isOpen = useCallback(
    (key: string, path: string | undefined) =>
      chosen.get(key) ?? (path === undefined || first.has(path)),
    [chosen, first],
  );
  const toggle = useCallback(
    (key: string) =>
      onChoose((before) => {
        const path = key.includes('\n') ? key.slice(key.indexOf('\n') + 1) : undefined;
        const wasOpen = before.get(key) ?? (path === undefined || first.has(path));
        return new Map(before).set(key, !wasOpen);
      }),
    [first, onChoose],
  );
  return { isOpen, toggle };
}
