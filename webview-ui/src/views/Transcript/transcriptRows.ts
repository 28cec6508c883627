import type { ItemId } from '../../../../src/protocol/ids';
import type { TurnState } from '../../../../src/protocol/threadState';
import { createGrouper, type TranscriptBlock } from './transcriptBlocks';
import type { Opening } from './turnOpening';

/** One row of the transcript: a block of a turn, or what stands under all its blocks. */
export type TranscriptRow =
  | {
      readonly kind: 'block';
      readonly key: string;
      readonly opening: Opening;
      readonly block: TranscriptBlock;
    }
  | {
      readonly kind: 'end';
      readonly key: string;
      readonly opening: Opening;
      readonly turn: TurnState;
      readonly place: 'last' | 'earlier';
    };

interface TurnRows {
  readonly turn: TurnState;
  readonly rows: readonly TranscriptRow[];
}

const nothing: ReadonlySet<string> = new Set();

/** Reads the rows of turns. Those that did not change keep their identity, so that they are not drawn again. */
export function createRowReader() {
  let readers: ReturnType<typeof createTurnReader>[] = [];
  /** @param pending paths that wait for accept or reject. */
  return (turns: readonly TurnState[], pending: ReadonlySet<string>): readonly TranscriptRow[] => {
    readers = turns.map((_, index) => readers[index] ?? createTurnReader());
    return turns.flatMap(
      (turn, index) =>
        readers[index]?.(turn, index === turns.length - 1 ? 'last' : 'earlier', pending) ?? [],
    );
  };
}

function createTurnReader() {
  const group = createGrouper();
  let last: TurnRows | undefined;
  let lastPending = nothing;
  return (turn: TurnState, place: 'last' | 'earlier', pending: ReadonlySet<string>) => {
    // While it runs its edits stand open; afterwards they are in the Changes region, and here in their fold.
    const open = turn.status === 'running' ? pending : nothing;
    const end = last?.rows.at(-1);
    if (last?.turn === turn && open === lastPending && end?.kind === 'end' && end.place === place) {
      return last.rows;
    }
    lastPending = open;
    const opening = openingOf(turn, last?.rows[0]?.opening);
    const before = last?.rows ?? [];
    const rows = group(turn.entries, open).map((block, index): TranscriptRow => {
      const same = before[index];
      if (same?.kind === 'block' && same.block === block && same.opening === opening) return same;
      return { kind: 'block', key: `${turn.id} ${block.key}`, opening, block };
    });
    rows.push({ kind: 'end', key: `${turn.id} end`, opening, turn, place });
    last = { turn, rows };
    return rows;
  };
}

/** The same one as before where it says the same. */
function openingOf(turn: TurnState, before: Opening | undefined): Opening {
  if (before?.turnId === turn.id && before.message) return before;
  const message = turn.entries.find((entry) => entry.type === 'userMessage');
  return { turnId: turn.id, message };
}

/** Where an item stands, looked for from the end; -1 where it is not drawn. */
export function rowOfItem(rows: readonly TranscriptRow[], itemId: ItemId): number {
  return rows.findLastIndex(
    (row) => row.kind === 'block' && row.block.items.some(({ id }) => id === itemId),
  );
}
