import { createContext } from 'react';
import type { CheckpointRef } from '../../../../src/protocol/checkpoints';

/** Opens the preview of a restore; nothing changes by that. */
export const StartRestore = createContext<(checkpoint: CheckpointRef) => void>(() => undefined);
