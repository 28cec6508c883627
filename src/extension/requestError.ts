import type { Remedy, ViewError } from '../protocol/viewProtocol';

/** Something the person asked for that cannot be done, and why, in a sentence for them. */
export class RequestError extends Error {
  override readonly name = 'RequestError';

  constructor(
    readonly code: ViewError['code'],
    message: string,
    /** What helps, in a notification or in the view. */
    readonly remedy?: Remedy,
  ) {
    super(message);
  }
}

/** True for a RequestError; by its name, because parts that are loaded later carry a class of their own. */
export function isRequestError(error: unknown): error is RequestError {
  return error instanceof Error && error.name === 'RequestError';
}
