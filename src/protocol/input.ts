import type { SentComment } from './comments';

/** What a person sends: text and what they attached to it. */
export interface UserInput {
  readonly text: string;
  readonly attachments: readonly Attachment[];
  /** Comments on code that are told with it; the host adds them, the text may be empty then. */
  readonly comments?: readonly SentComment[];
}

/** Input that waits: `steer` for the next step of the running turn, `queue` for the next turn. */
export interface WaitingInput {
  readonly id: string;
  readonly kind: 'steer' | 'queue';
  readonly input: UserInput;
}

/** Something attached to a message; paths are relative to the thread's folder. */
export type Attachment =
  /** Lines of a file as they were when attached. Line numbers start at 1, both ends included. */
  | {
      readonly kind: 'selection';
      readonly path: string;
      readonly startLine: number;
      readonly endLine: number;
      readonly text: string;
    }
  /** A file named to the agent; it reads it by itself. */
  | { readonly kind: 'file'; readonly path: string }
  /** An image as a `data:` URL. */
  | { readonly kind: 'image'; readonly name: string; readonly dataUrl: string };
