import { createContext } from 'react';
import type { ItemId } from '../../../../src/protocol/ids';

/** The item that the person asked to see, until it is in sight and has the focus; and the way to ask for one. */
export const RevealedItem = createContext<{
  readonly revealed: ItemId | null;
  readonly reveal: (itemId: ItemId) => void;
  readonly settle: () => void;
}>({ revealed: null, reveal: () => undefined, settle: () => undefined });
