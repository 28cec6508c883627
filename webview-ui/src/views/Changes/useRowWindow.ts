import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** Pixels drawn beyond what is in sight, on each side. */
const overscan = 300;

/** A row to draw, or room that rows take which are not drawn. */
export type WindowPart =
  | { readonly kind: 'row'; readonly index: number }
  | { readonly kind: 'gap'; readonly key: string; readonly height: number };

export interface RowWindow {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly parts: readonly WindowPart[];
  readonly onScroll: () => void;
  /** For the element of each row, which has its key as `data-row`. */
  readonly measure: (element: HTMLElement | null) => (() => void) | undefined;
}

/**
 * Draws of many rows those in sight. Heights are measured as rows are drawn; the others count with what is estimated.
 * @param kept index of a row that is drawn in any case, since it has the focus; -1 for none.
 */
export function useRowWindow(
  keys: readonly string[],
  estimate: (index: number) => number,
  kept: number,
): RowWindow {
  const scroller = useRef<HTMLDivElement>(null);
  const [heights, setHeights] = useState<ReadonlyMap<string, number>>(new Map());
  const [sight, setSight] = useState({ top: 0, height: 400 });
  const observer = useRef<ResizeObserver | null>(null);

  const readSight = useCallback(() => {
    const { scrollTop = 0, clientHeight = 0 } = scroller.current ?? {};
    setSight((before) =>
      Math.abs(before.top - scrollTop) < overscan / 3 && before.height >= clientHeight
        ? before
        : { top: scrollTop, height: Math.max(clientHeight, before.height) },
    );
  }, []);
  useLayoutEffect(readSight, [readSight, keys]);
  useEffect(() => () => observer.current?.disconnect(), []);

  const measure = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined;
    observer.current ??= new ResizeObserver((entries) =>
      setHeights((before) => withHeights(before, entries)),
    );
    const observing = observer.current;
    observing.observe(element);
    return () => observing.unobserve(element);
  }, []);

  const parts: WindowPart[] = [];
  let top = 0;
  let gap = 0;
  keys.forEach((key, index) => {
    const height = heights.get(key) ?? estimate(index);
    const isNear =
      top + height >= sight.top - overscan && top <= sight.top + sight.height + overscan;
    top += height;
    if (!isNear && index !== kept) {
      gap += height;
      return;
    }
    if (gap > 0) parts.push({ kind: 'gap', key: `before ${key}`, height: gap });
    gap = 0;
    parts.push({ kind: 'row', index });
  });
  if (gap > 0) parts.push({ kind: 'gap', key: 'end', height: gap });
  return { scroller, parts, onScroll: readSight, measure };
}

/** The same map where nothing is another height, so that nothing is drawn anew. */
function withHeights(
  before: ReadonlyMap<string, number>,
  entries: readonly ResizeObserverEntry[],
): ReadonlyMap<string, number> {
  let after: Map<string, number> | undefined;
  for (const { target } of entries) {
    const { offsetHeight, dataset } = target as HTMLElement;
    const key = dataset['row'];
    if (key === undefined || offsetHeight === 0 || before.get(key) === offsetHeight) continue;
    after ??= new Map(before);
    after.set(key, offsetHeight);
  }
  return after ?? before;
}
