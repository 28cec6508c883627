import {
  useLayoutEffect,
  useRef,
  useState,
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
} from 'react';
import type { ChangeTarget, Resolution } from '../../../../src/protocol/changes';
import { useAct } from '../../viewContext';
import { targetOfFile, targetOfGroup } from './changeGroups';
import { rowAfter, type ChangeRow } from './changeRows';

export interface RowKeys {
  readonly tree: RefObject<HTMLDivElement | null>;
  /** Index of the row that has the focus; -1 while none has it. */
  readonly active: number;
  /** Index of the row that Tab leads to. */
  readonly reachable: number;
  readonly handlers: {
    readonly onKeyDown: (event: KeyboardEvent) => void;
    readonly onFocus: (event: FocusEvent) => void;
    readonly onBlur: (event: FocusEvent) => void;
  };
}

/**
 * The keys of the tree: arrows, Home and End go through the rows, Left and Right close and open, Enter opens a file's
 * hunks or a hunk in the editor, A accepts and R rejects. The focus goes on to the next change when one is settled.
 */
export function useRowKeys(
  rows: readonly ChangeRow[],
  actions: {
    readonly toggle: (key: string) => void;
    readonly resolve: (resolution: Resolution, target: ChangeTarget) => void;
  },
): RowKeys {
  const act = useAct();
  const tree = useRef<HTMLDivElement>(null);
  /** The row with the focus, and where it stood. */
  const [place, setPlace] = useState<{ readonly key: string; readonly index: number } | null>(null);
  const [inside, setInside] = useState(false);
  /** The row that is to get the focus as soon as it is drawn. */
  const wanted = useRef<string | null>(null);

  const found = place ? rows.findIndex(({ key }) => key === place.key) : -1;
  // A settled row is gone: what stands in its place now is next.
  const current = found >= 0 || !place ? found : Math.min(place.index, rows.length - 1);
  const currentKey = rows[current]?.key;
  if (place && currentKey !== undefined && (currentKey !== place.key || current !== place.index)) {
    setPlace({ key: currentKey, index: current });
  }

  useLayoutEffect(() => {
    const lost = inside && document.activeElement === document.body;
    const key = wanted.current ?? (lost ? (currentKey ?? null) : null);
    if (key === null) return;
    const element = rowElement(tree.current, key);
    if (!element) return;
    wanted.current = null;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: 'nearest' });
  });

  function goTo(row: ChangeRow | undefined): void {
    if (!row) return;
    wanted.current = row.key;
    setPlace({ key: row.key, index: rows.indexOf(row) });
  }

  function settle(row: ChangeRow, resolution: Resolution): void {
    const target = targetOf(row);
    if (!target || (resolution === 'reject' && isViewOnly(row))) return;
    goTo(rowAfter(rows, current));
    actions.resolve(resolution, target);
  }

  function open(row: ChangeRow): void {
    if (row.kind === 'hunk') {
      const { entry, hunk } = row;
      act('file/open', { path: entry.file.path, line: hunk.liveStart + 1 });
    } else if (row.kind !== 'whole') actions.toggle(row.key);
  }

  function takeKey(row: ChangeRow, key: string): boolean {
    const isOpen = 'open' in row && row.open;
    switch (key) {
      case 'ArrowDown':
        goTo(rows[current + 1]);
        return true;
      case 'ArrowUp':
        goTo(rows[current - 1]);
        return true;
      case 'Home':
        goTo(rows[0]);
        return true;
      case 'End':
        goTo(rows.at(-1));
        return true;
      case 'ArrowRight':
        if (isOpen) goTo(rows[current + 1]);
        else if ('open' in row) actions.toggle(row.key);
        return true;
      case 'ArrowLeft':
        if (isOpen) actions.toggle(row.key);
        else goTo(rows.slice(0, current).findLast((other) => row.key.startsWith(`${other.key}\n`)));
        return true;
      case 'Enter':
      case ' ':
        open(row);
        return true;
      case 'a':
        settle(row, 'accept');
        return true;
      case 'r':
        settle(row, 'reject');
        return true;
      default:
        return false;
    }
  }

  return {
    tree,
    active: inside ? current : -1,
    reachable: Math.max(0, current),
    handlers: {
      onKeyDown(event) {
        // Buttons and scrolled code inside a row have keys of their own.
        const element = event.target as HTMLElement;
        const row = rows[current];
        if (!row || element.dataset['row'] === undefined) return;
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (takeKey(row, event.key.length === 1 ? event.key.toLowerCase() : event.key)) {
          event.preventDefault();
        }
      },
      onFocus(event) {
        const key = (event.target as HTMLElement).closest<HTMLElement>('[data-row]')?.dataset[
          'row'
        ];
        setInside(true);
        if (key === undefined) return;
        setPlace({ key, index: rows.findIndex((row) => row.key === key) });
      },
      onBlur(event) {
        const { relatedTarget, target } = event;
        if (relatedTarget) setInside(tree.current?.contains(relatedTarget) ?? false);
        // A row that is settled takes its focus with it; then the next one is to have it.
        else requestAnimationFrame(() => target.isConnected && setInside(false));
      },
    },
  };
}

function targetOf(row: ChangeRow): ChangeTarget | undefined {
  switch (row.kind) {
    case 'group':
      return targetOfGroup(row.group);
    case 'file':
      return targetOfFile(row.entry);
    case 'hunk':
      return { path: row.entry.file.path, hunkId: row.hunk.id };
    case 'whole':
      return targetOfFile(row.entry);
  }
}

function isViewOnly(row: ChangeRow): boolean {
  return row.kind !== 'group' && row.entry.file.viewOnly !== undefined;
}

function rowElement(tree: HTMLElement | null, key: string): HTMLElement | undefined {
  return [...(tree?.children ?? [])].find(
    (child): child is HTMLElement => child instanceof HTMLElement && child.dataset['row'] === key,
  );
}
