import { createContext } from 'react';
import type { ItemId } from '../../../../src/protocol/ids';

/** The item of a turn that the person asked to see where it happened; another object each time they ask. */
export interface Revealed {
  readonly itemId: ItemId;
  /** Counts how often they asked. */
  readonly time: number;
}

export const RevealedItem = createContext<{
  readonly revealed: Revealed | null;
  readonly reveal: (itemId: ItemId) => void;
}>({ revealed: null, reveal: () => undefined });
