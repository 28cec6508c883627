import { useEffect, useState, type RefObject } from 'react';
import type { TranscriptRow } from './transcriptRows';

const none: readonly number[] = [];

/**
 * The rows that stay drawn also out of sight: that with the focus, which would be lost, and those where a selection of
 * text begins and ends.
 */
export function useKeptRows(
  box: RefObject<HTMLElement | null>,
  rows: readonly TranscriptRow[],
): readonly number[] {
  const [keys, setKeys] = useState<readonly string[]>([]);
  useEffect(() => {
    const update = () => {
      const selection = document.getSelection();
      const ends =
        selection?.isCollapsed === false ? [selection.anchorNode, selection.focusNode] : [];
      const found = [document.activeElement, ...ends].flatMap((node) => rowKey(box.current, node));
      const next = [...new Set(found)];
      setKeys((before) => (before.join() === next.join() ? before : next));
    };
    const types = ['focusin', 'focusout', 'selectionchange'] as const;
    for (const type of types) document.addEventListener(type, update);
    return () => {
      for (const type of types) document.removeEventListener(type, update);
    };
  }, [box]);
  if (keys.length === 0) return none;
  return keys.map((key) => rows.findIndex((row) => row.key === key)).filter((at) => at >= 0);
}

function rowKey(box: HTMLElement | null, node: Node | null): readonly string[] {
  if (!node || !box?.contains(node)) return [];
  const element = node instanceof Element ? node : node.parentElement;
  const key = element?.closest<HTMLElement>('[data-row]')?.dataset['row'];
  return key === undefined ? [] : [key];
}
