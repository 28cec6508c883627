import * as l10n from '@vscode/l10n';
import {
  useCallback,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ReactElement,
  type RefObject,
} from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import type { ItemId } from '../../../../src/protocol/ids';
import type { TurnState } from '../../../../src/protocol/threadState';
import { PartMemory, PartMemoryProvider } from '../../components/useRemembered';
import { useModel } from '../../viewContext';
import { FindBar } from './FindBar';
import { JumpButtons, runningRow } from './JumpButtons';
import { RevealedItem } from './revealedItem';
import { TranscriptRow } from './TranscriptRow';
import { createRowReader, rowOfItem, type TranscriptRow as Row } from './transcriptRows';
import { useFind } from './useFind';
import { useFindBar } from './useFindBar';
import { useFollowEnd } from './useFollowEnd';
import { useKeptRows } from './useKeptRows';
import { openWork } from './openWork';

/** Pixels drawn beyond what is in sight, on each side. */
const overscan = 600;

const none: readonly TurnState[] = [];

/**
 * The conversation. Only the rows in sight are drawn. It follows its end while the person is there, and waits while
 * they read further up.
 */
export function Transcript(): ReactElement {
  const turns = useModel(({ thread }) => thread?.turns) ?? none;
  const pending = usePendingPaths();
  const [readRows] = useState(createRowReader);
  const rows = readRows(turns, pending);
  const [memory] = useState(() => new PartMemory());
  const box = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const { atEnd, jump, leave } = useFollowEnd(box, turns.length);
  const kept = useKeptRows(box, rows);
  const running = runningRow(rows);
  const { inSight, look } = useSight(list);
  const latest = useLatest(rows);
  const parts = { box, rows: latest, list, memory, leave };
  const revealing = useRevealing(parts);
  const find = useFind(parts);
  const findBar = useFindBar();

  return (
    <PartMemoryProvider value={memory}>
      <RevealedItem.Provider value={revealing}>
        <div className="transcript-frame">
          {findBar.open && (
            <FindBar
              find={find}
              onClose={() => {
                find.look('');
                findBar.close();
              }}
            />
          )}
          {/* Announcements are made apart, in whole sentences: a live log would read every token. */}
          <div
            className="transcript"
            role="log"
            aria-label={l10n.t('Transcript')}
            aria-live="off"
            tabIndex={0}
            ref={box}
          >
            <Virtualizer
              ref={list}
              scrollRef={box}
              data={rows}
              bufferSize={overscan}
              keepMounted={kept}
              onScroll={look}
            >
              {(row: Row, index) => (
                <TranscriptRow
                  key={row.key}
                  row={row}
                  position={index + 1}
                  count={rows.length}
                  pending={pending}
                />
              )}
            </Virtualizer>
          </div>
          <JumpButtons
            atEnd={atEnd}
            runsElsewhere={running >= 0 && !inSight(running)}
            onLatest={jump}
            onRunning={() => {
              leave();
              list.current?.scrollToIndex(running, { align: 'center' });
            }}
          />
        </div>
      </RevealedItem.Provider>
    </PartMemoryProvider>
  );
}

/** Paths that wait for accept or reject; the same set as long as they are the same paths. */
function usePendingPaths(): ReadonlySet<string> {
  const files = useModel(({ thread }) => thread?.changes.files);
  const joined = useMemo(() => (files ?? []).map(({ path }) => path).join('\n'), [files]);
  return useMemo(() => new Set(joined.split('\n')), [joined]);
}

/** The value of the last drawing, for what is done between drawings. */
function useLatest<Value>(value: Value): RefObject<Value> {
  const latest = useRef(value);
  useLayoutEffect(() => {
    latest.current = value;
  });
  return latest;
}

/** Which rows are in sight, by index. */
function useSight(list: RefObject<VirtualizerHandle | null>) {
  const [sight, setSight] = useState({ first: 0, last: Infinity });
  const look = useCallback(() => {
    const handle = list.current;
    if (!handle) return;
    const first = handle.findItemIndex(handle.scrollOffset);
    const last = handle.findItemIndex(handle.scrollOffset + handle.viewportSize);
    setSight((before) =>
      before.first === first && before.last === last ? before : { first, last },
    );
  }, [list]);
  const inSight = (index: number) => index >= sight.first && index <= sight.last;
  return { inSight, look };
}

/** Brings an item into sight that may be folded away and not drawn at all; it then takes the focus. */
function useRevealing(parts: {
  readonly rows: RefObject<readonly Row[]>;
  readonly list: RefObject<VirtualizerHandle | null>;
  readonly memory: PartMemory;
  readonly leave: () => void;
}) {
  const { rows, list, memory, leave } = parts;
  const [revealed, setRevealed] = useState<ItemId | null>(null);
  const settle = useCallback(() => setRevealed(null), []);
  const reveal = useCallback(
    (itemId: ItemId) => {
      const at = rowOfItem(rows.current, itemId);
      const row = rows.current[at];
      if (row?.kind !== 'block') return;
      leave();
      openWork(memory, row.block);
      list.current?.scrollToIndex(at, { align: 'center' });
      setRevealed(itemId);
    },
    [rows, list, memory, leave],
  );
  return useMemo(() => ({ revealed, reveal, settle }), [revealed, reveal, settle]);
}
