import { createContext } from 'react';
import type { TurnId } from '../../../../src/protocol/ids';
import type { UserMessageItem } from '../../../../src/protocol/items';

/** The turn something stands in, and the message that opened it. */
export interface Opening {
  readonly turnId: TurnId;
  readonly message: UserMessageItem | undefined;
}

export const TurnOpening = createContext<Opening | null>(null);
