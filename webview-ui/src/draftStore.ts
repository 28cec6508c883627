import type { Attachment, UserInput } from '../../src/protocol/input';
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

/** Keeps the draft in `memory` and adds what the editor attaches. */
export function createDraftStore(connection: HostConnection, memory: PageMemory): DraftStore {
  let draft = readDraft(memory.read());
  const listeners = new Set<() => void>();

  function replace(next: UserInput): void {
    draft = next;
    memory.write({ draft });
    for (const listener of listeners) listener();
  }
  function attach(attachments: readonly Attachment[]): void {
    const known = new Set(draft.attachments.map(attachmentLabel));
    const fresh = attachments.filter((attachment) => !known.has(attachmentLabel(attachment)));
    replace({ ...draft, attachments: [...draft.attachments, ...fresh] });
  }
  connection.on('composer/attached', ({ attachments }) => attach(attachments));
  connection.on('composer/filled', ({ text }) => {
    // What the person has begun to write stays.
    replace({ ...draft, text: draft.text.trim() === '' ? text : `${draft.text}\n\n${text}` });
  });

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

/** What a chip says: `src/slug.js:1-4`, a path, or an image's name. */
export function attachmentLabel(attachment: Attachment): string {
  switch (attachment.kind) {
    case 'selection': {
      const { path, startLine, endLine } = attachment;
      return startLine === endLine ? `${path}:${startLine}` : `${path}:${startLine}-${endLine}`;
    }
    case 'file':
      return attachment.path;
    case 'image':
      return attachment.name;
  }
}

/** The stored value was written by an older page perhaps: anything unexpected is an empty draft. */
function readDraft(stored: unknown): UserInput {
  const draft = (stored as { draft?: Partial<UserInput> } | null | undefined)?.draft;
  if (typeof draft?.text !== 'string' || !Array.isArray(draft.attachments)) return emptyDraft;
  return { text: draft.text, attachments: draft.attachments as readonly Attachment[] };
}
