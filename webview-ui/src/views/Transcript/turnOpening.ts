import { createContext } from 'react';
import type { ItemId, TurnId } from '../../../../src/protocol/ids';

/** The turn something stands in, and the message that opened it. */
export interface Opening {
  readonly turnId: TurnId;
  readonly itemId: ItemId | undefined;
}

export const TurnOpening = createContext<Opening | null>(null);
