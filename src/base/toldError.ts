import { errorMessage } from './errorMessage';
import { inEnglish, type Sentence } from './language';

/**
 * An error that the model and the person both read: its message is English, as all that the model reads and all that
 * is recorded; `say` puts it into the person's language.
 */
export class ToldError extends Error {
  constructor(
    readonly say: Sentence,
    options?: ErrorOptions,
  ) {
    super(inEnglish(say), options);
  }
}

/** What went wrong, as a sentence; the text of anything else that was thrown stays as it is. */
export function sentenceOf(error: unknown): Sentence {
  return error instanceof ToldError ? error.say : () => errorMessage(error);
}

/** What went wrong, for the person. */
export function toldMessage(error: unknown): string {
  return sentenceOf(error)();
}
