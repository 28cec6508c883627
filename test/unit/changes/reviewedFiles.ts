import { encodeText, type TextEncoding } from '../../../src/changes/textFile';

/** Stretches of a text that are edited; the two lines between them never are, so hunks never meet. */
export const slotCount = 5;

/** How a file is written to the disk. */
export interface FileStyle {
  readonly encoding: TextEncoding;
  readonly mark: '' | '\uFEFF';
  readonly lineEnds: readonly string[];
  readonly last: '' | '\n';
}

export const styles: Readonly<Record<string, FileStyle>> = {
  'plain.txt': { encoding: 'utf8', mark: '', lineEnds: ['\n'], last: '\n' },
  'windows.txt': { encoding: 'utf8', mark: '\uFEFF', lineEnds: ['\r\n'], last: '' },
  'mixed.txt': { encoding: 'latin1', mark: '', lineEnds: ['\n', '\r\n', '\r'], last: '' },
  'wide.txt': { encoding: 'utf16le', mark: '\uFEFF', lineEnds: ['\r\n', '\n'], last: '\n' },
};

/** The lines in each slot. */
export type Slots = readonly (readonly string[])[];

/** One slot as it is to be after everything that happened to it. */
export interface Slot {
  baseline: readonly string[];
  live: readonly string[];
  /** Live lines to the baseline that went with them last, for undo and redo. */
  moments: Map<string, readonly string[]>;
}

/** What the bytes of a file with these slots are. */
export function bytesOf(path: string, slots: Slots): Uint8Array {
  const style = styles[path];
  if (!style) throw new Error(`${path} has no style.`);
  const lines = slots.flatMap((slot, index) => [`anchor ${index}`, `caf\u00e9 ${index}`, ...slot]);
  const ended = [...lines, 'end one'].map(
    (line) => line + (style.lineEnds[line.length % style.lineEnds.length] ?? '\n'),
  );
  const text = `${style.mark}${ended.join('')}end two${style.last}`;
  return encodeText({ encoding: style.encoding, text });
}

/**
 * A file under review as the rules of the review say, told without any diff: every slot is a whole, and what happens
 * to it is one of five things. The tracker is compared with this.
 */
export class ReviewedFile {
  readonly slots: Slot[];
  /** Changed while nobody looked. */
  viewOnly = false;

  constructor(readonly path: string) {
    this.slots = Array.from({ length: slotCount }, (_, index) => {
      const lines = index === 1 ? [] : [`start ${index}`];
      return { baseline: lines, live: lines, moments: new Map([[keyOf(lines), lines]]) };
    });
  }

  get live(): Uint8Array {
    return bytesOf(this.path, this.liveSlots);
  }

  get baseline(): Uint8Array {
    return bytesOf(
      this.path,
      this.slots.map((slot) => slot.baseline),
    );
  }

  get liveSlots(): Slots {
    return this.slots.map((slot) => slot.live);
  }

  /** Slots with open changes, in order: each is one hunk. */
  get open(): readonly Slot[] {
    return this.slots.filter((slot) => !isSettled(slot));
  }

  agentEdits(index: number, lines: readonly string[]): void {
    this.update(index, { live: lines });
  }

  /** Outside hunks the person's lines are accepted from the start, inside they extend the hunk. */
  personEdits(index: number, lines: readonly string[]): void {
    const slot = this.slots[index] as Slot;
    const isOwn = isSettled(slot) && !this.viewOnly;
    this.update(index, isOwn ? { live: lines, baseline: lines } : { live: lines });
  }

  /** Undo and redo bring earlier lines back, and with them whether they were open for review. */
  goesBackTo(slots: Slots): void {
    slots.forEach((lines, index) => {
      const slot = this.slots[index] as Slot;
      if (keyOf(slot.live) === keyOf(lines)) return;
      const baseline = this.viewOnly ? undefined : slot.moments.get(keyOf(lines));
      if (baseline) this.update(index, { live: lines, baseline });
      else this.personEdits(index, lines);
    });
  }

  accept(slots: readonly Slot[]): void {
    for (const slot of slots) {
      slot.baseline = slot.live;
      slot.moments = new Map([[keyOf(slot.live), slot.live]]);
    }
    this.endViewOnly();
  }

  reject(slots: readonly Slot[]): void {
    for (const slot of slots) this.update(this.slots.indexOf(slot), { live: slot.baseline });
  }

  /** The window was loaded again: undo is gone, and so is what it could bring back. */
  reload(): void {
    for (const slot of this.slots) slot.moments = new Map([[keyOf(slot.live), slot.baseline]]);
  }

  /** As `reload`, but somebody changed a slot in between. */
  reloadChanged(index: number, lines: readonly string[]): void {
    this.viewOnly ||= this.open.length > 0;
    this.reload();
    this.personEdits(index, lines);
  }

  private update(index: number, state: Partial<Slot>): void {
    const slot = Object.assign(this.slots[index] as Slot, state);
    slot.moments.set(keyOf(slot.live), slot.baseline);
    this.endViewOnly();
  }

  private endViewOnly(): void {
    if (this.open.length === 0) this.viewOnly = false;
  }
}

function isSettled({ baseline, live }: Slot): boolean {
  return keyOf(baseline) === keyOf(live);
}

function keyOf(lines: readonly string[]): string {
  return lines.join('\n');
}
