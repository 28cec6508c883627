import type { ThreadEventBody } from '../protocol/events';
import { newId } from '../protocol/ids';
import type { UserInput, WaitingInput } from '../protocol/input';

/** Where the list is kept: in the events of the thread, so that a reload brings it back. */
export interface WaitingList {
  read(): readonly WaitingInput[];
  /** Stores and publishes the list as it is now. @throws JournalError */
  emit(body: ThreadEventBody): void;
}

/** Input that is to open a turn; `ids` leave the list when it is said. */
export interface NextInput {
  readonly kind: WaitingInput['kind'];
  readonly ids: readonly string[];
  readonly input: UserInput;
}

/**
 * What the person said and no turn has taken yet: `steer` for the next step of the running turn, `queue` for the next
 * turn. Each change is told as a whole list. Input leaves the list after it was said in a turn, never before, so that
 * an end of the host in between shows it twice rather than loses it.
 */
export class WaitingInputs {
  constructor(private readonly list: WaitingList) {}

  get all(): readonly WaitingInput[] {
    return this.list.read();
  }

  add(kind: WaitingInput['kind'], input: UserInput): void {
    this.replace([...this.all, { id: newId(), kind, input }]);
  }

  find(id: string): WaitingInput | undefined {
    return this.all.find((waiting) => waiting.id === id);
  }

  /** Puts new words in the place of the old ones; false where the input was taken meanwhile. */
  edit(id: string, text: string): boolean {
    if (!this.find(id)) return false;
    this.replace(
      this.all.map((waiting) =>
        waiting.id === id ? { ...waiting, input: { ...waiting.input, text } } : waiting,
      ),
    );
    return true;
  }

  /** False where none of these waits any more. */
  remove(ids: readonly string[]): boolean {
    const left = this.all.filter(({ id }) => !ids.includes(id));
    if (left.length === this.all.length) return false;
    this.replace(left);
    return true;
  }

  /** Hands over what steers, oldest first, to be said in the turn at once; answers how much there was. */
  takeSteering(say: (input: UserInput) => void): number {
    const steering = this.all.filter(({ kind }) => kind === 'steer');
    for (const { input } of steering) say(input);
    this.remove(steering.map(({ id }) => id));
    return steering.length;
  }

  /** The turn it was meant for was stopped: steering becomes a message that the person sends or removes. */
  keepForPerson(): void {
    if (!this.all.some(({ kind }) => kind === 'steer')) return;
    this.replace(this.all.map((waiting) => ({ ...waiting, kind: 'queue' })));
  }

  /** What opens the next turn by itself: all steering that came too late at once, else the oldest queued message. */
  next(): NextInput | undefined {
    const late = this.all.filter(({ kind }) => kind === 'steer');
    const opening = late.length > 0 ? late : this.all.slice(0, 1);
    const [first] = opening;
    if (!first) return undefined;
    return {
      kind: first.kind,
      ids: opening.map(({ id }) => id),
      input: {
        text: opening.map(({ input }) => input.text).join('\n\n'),
        attachments: opening.flatMap(({ input }) => input.attachments),
      },
    };
  }

  private replace(inputs: readonly WaitingInput[]): void {
    this.list.emit({ type: 'input.waiting', inputs });
  }
}
