import type { ItemId } from '../../../../src/protocol/ids';
import type { PartMemory } from '../../components/useRemembered';
import type { TranscriptBlock, WorkItem } from './transcriptBlocks';

/** The names under which the transcript remembers what of it stands open. */
export const itemMemory = (id: ItemId) => `item ${id}`;
export const wholeMemory = (id: ItemId) => `whole ${id}`;
export const diffMemory = (id: ItemId, path: string) => `diff ${id} ${path}`;
export const workMemory = (items: readonly WorkItem[]) => `work ${items[0]?.id}`;

/** Opens the fold that hides the items of a block. */
export function openWork(memory: PartMemory, block: TranscriptBlock): void {
  if (block.kind === 'work') memory.write(workMemory(block.items), true);
}
