import { outputItems, readWireEvent, type Reading } from './modelEvents';
import type { AnswerReader } from './modelStream';
import type { WireItem } from './replayableItem';

/**
 * Reads the events of one Responses stream. What a proxy delivers twice counts once; items that only the end of the
 * stream tells of (their own event came too late, or never) are taken from there.
 */
export class ResponsesReader implements AnswerReader {
  private readonly seen = new SequenceNumbers();
  private readonly done = new Set<number>();
  private doneCount = 0;

  read(event: WireItem): readonly Reading[] {
    if (this.seen.isRepeated(event)) return [];
    const reading = readWireEvent(event);
    if (reading?.type === 'itemDone') {
      this.done.add(reading.outputIndex);
      this.doneCount += 1;
    }
    if (reading?.type === 'completed') return [...this.missedItems(event), reading];
    return reading ? [reading] : [];
  }

  end(): readonly Reading[] {
    return [];
  }

  private missedItems(event: WireItem): readonly Reading[] {
    const items = outputItems(event);
    // A server that numbers no outputs must not have them counted twice.
    if (items.length <= this.doneCount) return [];
    return items.flatMap((item, outputIndex): Reading[] =>
      this.done.has(outputIndex) ? [] : [{ type: 'itemDone', outputIndex, item }],
    );
  }
}

/** Knows which events came before, by their `sequence_number`. */
class SequenceNumbers {
  private readonly events = new Map<number, WireItem>();
  private trusted = true;

  isRepeated(event: WireItem): boolean {
    const number = event.sequence_number;
    if (!this.trusted || typeof number !== 'number') return false;
    const earlier = this.events.get(number);
    this.events.set(number, event);
    if (!earlier) return false;
    // The same number on another event: this server does not count.
    this.trusted = JSON.stringify(earlier) === JSON.stringify(event);
    return this.trusted;
  }
}
