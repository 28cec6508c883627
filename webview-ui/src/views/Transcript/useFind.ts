import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import type { VirtualizerHandle } from 'virtua';
import type { PartMemory } from '../../components/useRemembered';
import { findMatches, type FindMatch } from './findMatches';
import { findRanges } from './findRanges';
import type { TranscriptRow } from './transcriptRows';

/** Frames in which what is to be shown may be drawn and measured. */
const mostFrames = 40;

/** Pixels at the upper and the lower edge where the bar and other buttons lie over the transcript. */
const covered = 48;

export interface Find {
  readonly words: string;
  readonly matches: readonly FindMatch[];
  /** Index of the match that is shown; -1 where there is none. */
  readonly current: number;
  /** Looks for other words, and shows the last place: that is where the person reads. */
  readonly look: (words: string) => void;
  /** Shows the next place, or the one before; looks again, since the thread may have grown. */
  readonly step: (by: 1 | -1) => void;
}

/** Finds words in all of the thread, and brings them into sight wherever they are folded away. */
export function useFind(parts: {
  readonly box: RefObject<HTMLElement | null>;
  readonly rows: RefObject<readonly TranscriptRow[]>;
  readonly list: RefObject<VirtualizerHandle | null>;
  readonly memory: PartMemory;
  readonly leave: () => void;
}): Find {
  const { box, rows, list, memory, leave } = parts;
  const [found, setFound] = useState<Pick<Find, 'words' | 'matches' | 'current'>>({
    ...{ words: '', matches: [], current: -1 },
  });
  const showing = useRef(0);

  const show = useCallback(
    (match: FindMatch | undefined, words: string) => {
      const turn = ++showing.current;
      CSS.highlights.delete('find-current');
      if (!match) return;
      leave();
      for (const name of match.opens) memory.write(name, true);
      const index = rows.current.findIndex(({ key }) => key === match.rowKey);
      list.current?.scrollToIndex(index, { align: 'nearest' });
      let frames = 0;
      const settle = () => {
        if (turn !== showing.current) return;
        const element = elementOf(box.current, match);
        const ranges = element ? findRanges(element, words) : [];
        const range = ranges[Math.min(match.place, ranges.length - 1)];
        if (range && isVisible(element)) {
          CSS.highlights.set('find-current', new Highlight(range));
          bringIntoSight(box.current, range);
        }
        // What is drawn meanwhile may move it.
        frames += 1;
        if (frames < (range ? 8 : mostFrames)) requestAnimationFrame(settle);
      };
      requestAnimationFrame(settle);
    },
    [box, rows, list, memory, leave],
  );

  const look = useCallback(
    (words: string) => {
      const matches = findMatches(rows.current, words);
      const current = matches.length - 1;
      setFound({ words, matches, current });
      show(matches[current], words);
    },
    [rows, show],
  );
  const step = useCallback(
    (by: 1 | -1) => {
      const { words } = found;
      const matches = findMatches(rows.current, words);
      const before = found.matches[found.current];
      const same = matches.findIndex((match) => before !== undefined && isSame(match, before));
      const count = matches.length;
      const current = count === 0 ? -1 : (Math.max(same, 0) + by + count) % count;
      setFound({ words, matches, current });
      show(matches[current], words);
    },
    [found, rows, show],
  );
  useHighlights(box, found.words);
  return { ...found, look, step };
}

function isSame(a: FindMatch, b: FindMatch): boolean {
  return a.itemId === b.itemId && a.place === b.place;
}

/** Marks all places in what is drawn, as long as there are words to find. */
function useHighlights(box: RefObject<HTMLElement | null>, words: string): void {
  useEffect(() => {
    const element = box.current;
    if (!element || words === '') return;
    let frame = 0;
    const mark = () => {
      CSS.highlights.set('find-match', new Highlight(...findRanges(element, words)));
    };
    const drawn = new MutationObserver(() => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(mark);
    });
    drawn.observe(element, { childList: true, subtree: true, characterData: true });
    mark();
    return () => {
      drawn.disconnect();
      cancelAnimationFrame(frame);
      CSS.highlights.delete('find-match');
      CSS.highlights.delete('find-current');
    };
  }, [box, words]);
}

function elementOf(box: HTMLElement | null, { rowKey, itemId }: FindMatch): Element | null {
  const row = box?.querySelector(`[data-row="${CSS.escape(rowKey)}"]`) ?? null;
  return row?.querySelector(`[data-item="${CSS.escape(itemId)}"]`) ?? row;
}

/** A row that was not measured yet stands somewhere else. */
function isVisible(element: Element | null): boolean {
  return element?.checkVisibility({ visibilityProperty: true }) ?? false;
}

function bringIntoSight(box: HTMLElement | null, range: Range): void {
  const inner = range.startContainer.parentElement?.closest('pre, .diff-lines');
  const before = range.getBoundingClientRect();
  if (inner && !isWithin(before, inner.getBoundingClientRect())) {
    range.startContainer.parentElement?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }
  const place = range.getBoundingClientRect();
  if (!box) return;
  const frame = box.getBoundingClientRect();
  if (isWithin(place, frame, covered)) return;
  box.scrollTop += place.top - frame.top - frame.height / 2;
}

function isWithin(place: DOMRect, frame: DOMRect, margin = 0): boolean {
  return place.top >= frame.top + margin && place.bottom <= frame.bottom - margin;
}
