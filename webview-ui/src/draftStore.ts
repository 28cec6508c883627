import type { Attachment, SelectionAttachment, UserInput } from '../../src/protocol/input';
import { attachmentKey } from './attachments';
import type { HostConnection } from './hostConnection';
import type { PageMemory } from './webviewChannel';

/** The message being written; it outlives the page. */
export interface DraftStore {
  readonly subscribe: (listener: () => void) => () => void;
  readonly get: () => UserInput;
  setText(text: string): void;
  attach(attachments: readonly Attachment[]): void;
  /** Takes out the attachment at this place. */
  detach(index: number): void;
  /** Puts a whole draft in place, such as one whose sending failed. */
  replace(draft: UserInput): void;
}

const emptyDraft: UserInput = { text: '', attachments: [] };

/** Characters of attachments that are kept for the next page: a few screenshots. What is larger is lost by a reload. */
const maxKeptCharacters = 8_000_000;
/** A draft of this size is written when the person pauses, for each write costs. */
const heavyCharacters = 200_000;
const pauseMs = 300;

/** Keeps the draft in `memory`, adds what the editor attaches, and has the host follow the selections in it. */
export function createDraftStore(connection: HostConnection, memory: PageMemory): DraftStore {
  let draft = readDraft(memory.read());
  let followed = '';
  const listeners = new Set<() => void>();
  const keep = createKeeper(memory);

  function replace(next: UserInput): void {
    draft = withIds(next);
    keep(draft);
    followSelections();
    for (const listener of listeners) listener();
  }
  function attach(attachments: readonly Attachment[]): void {
    const fresh = new Map(attachments.map((each) => [attachmentKey(each), each]));
    const others = draft.attachments.filter((each) => !fresh.has(attachmentKey(each)));
    replace({ ...draft, attachments: [...others, ...fresh.values()] });
  }
  /** Tells the host which selections there are, where those are others than before. */
  function followSelections(): void {
    const selections = selectionsOf(draft);
    const ids = selections.map(({ id, path }) => `${id} ${path}`).join('\n');
    if (ids === followed) return;
    followed = ids;
    connection.request('selections/follow', { selections }).then(move, () => undefined);
  }
  function move(selections: readonly SelectionAttachment[] | null): void {
    const moved = new Map(selections?.map((selection) => [selection.id, selection]));
    const attachments = draft.attachments.map((attachment) =>
      attachment.kind === 'selection' ? (moved.get(attachment.id) ?? attachment) : attachment,
    );
    if (attachments.some((each, place) => each !== draft.attachments[place])) {
      replace({ ...draft, attachments });
    }
  }
  connection.on('selections/moved', ({ selections }) => move(selections));
  connection.on('composer/attached', ({ attachments }) => attach(attachments));
  connection.on('composer/filled', ({ text }) => {
    // What the person has begun to write stays.
    replace({ ...draft, text: draft.text.trim() === '' ? text : `${draft.text}\n\n${text}` });
  });
  followSelections();

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get: () => draft,
    setText: (text) => replace({ ...draft, text }),
    attach,
    detach: (index) =>
      replace({ ...draft, attachments: draft.attachments.filter((_, place) => place !== index) }),
    replace,
  };
}

/** Writes a draft for the next page: a small one at once, a large one when nothing changed for a moment. */
function createKeeper(memory: PageMemory): (draft: UserInput) => void {
  let latest: UserInput | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = () => {
    if (latest) memory.write({ draft: keepable(latest) });
    latest = undefined;
  };
  // The last moment before the page goes.
  globalThis.addEventListener?.('pagehide', write);
  return (draft) => {
    clearTimeout(timer);
    latest = draft;
    const isHeavy =
      draft.attachments.reduce((sum, each) => sum + sizeOf(each), 0) > heavyCharacters;
    if (isHeavy) timer = setTimeout(write, pauseMs);
    else write();
  };
}

/** How many attachments of a draft are too large to be there in the next page. */
export function countUnkept(draft: UserInput): number {
  return draft.attachments.length - keepable(draft).attachments.length;
}

/** What of a draft is small enough to be kept: the first attachments, while they fit. */
function keepable(draft: UserInput): UserInput {
  let left = maxKeptCharacters;
  const attachments = draft.attachments.filter((each) => {
    const fits = sizeOf(each) <= left;
    if (fits) left -= sizeOf(each);
    return fits;
  });
  return { ...draft, attachments };
}

function sizeOf(attachment: Attachment): number {
  if (attachment.kind === 'image') return attachment.dataUrl.length;
  return attachment.kind === 'file' ? attachment.path.length : attachment.text.length;
}

function selectionsOf({ attachments }: UserInput): readonly SelectionAttachment[] {
  return attachments.filter((each) => each.kind === 'selection');
}

/** The draft with an id for each selection: what others made has none, and a sent one may be used again. */
function withIds(draft: UserInput): UserInput {
  const selections = selectionsOf(draft);
  if (selections.every(({ id }) => id !== undefined)) return draft;
  let last = Math.max(0, ...selections.map(({ id }) => Number(id ?? 0)));
  const attachments = draft.attachments.map((each) =>
    each.kind === 'selection' && each.id === undefined ? { ...each, id: String(++last) } : each,
  );
  return { ...draft, attachments };
}

/** The stored value was written by an older page perhaps: anything unexpected is an empty draft. */
function readDraft(stored: unknown): UserInput {
  const draft = (stored as { draft?: Partial<UserInput> } | null | undefined)?.draft;
  if (typeof draft?.text !== 'string' || !Array.isArray(draft.attachments)) return emptyDraft;
  return withIds({ text: draft.text, attachments: draft.attachments as readonly Attachment[] });
}
