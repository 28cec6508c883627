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
  | SelectionAttachment
  | TextAttachment
  /** A file named to the agent; it reads it by itself. */
  | { readonly kind: 'file'; readonly path: string }
  /** An image as a `data:` URL. */
  | { readonly kind: 'image'; readonly name: string; readonly dataUrl: string };

/** Lines of a file as they were when sent. Line numbers start at 1, both ends included. */
export interface SelectionAttachment {
  readonly kind: 'selection';
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly text: string;
  /** Name of the symbol that these lines declare, where it was chosen by its name. */
  readonly symbol?: string;
  /** While it is part of a draft: by this the host follows it through edits of the file. */
  readonly id?: string;
  /** The lines are not there any more; the text is what they last were. */
  readonly gone?: true;
}

/** Text from elsewhere than the lines of a file, as it was when attached. */
export interface TextAttachment {
  readonly kind: 'text';
  readonly source: TextSource;
  /** Path of the folder, name of the terminal or of the dropped file; empty for the other sources. */
  readonly name: string;
  readonly text: string;
  /** Present where more was there than fits; the text says so at its end. */
  readonly cut?: true;
}

/** Where the text of an attachment comes from. */
export const textSources = ['folder', 'problems', 'terminal', 'diff', 'paste', 'drop'] as const;
export type TextSource = (typeof textSources)[number];
