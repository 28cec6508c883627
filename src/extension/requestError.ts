import type { ViewError } from '../protocol/viewProtocol';

/** Something the person asked for that cannot be done, and why, in a sentence for them. */
export class RequestError extends Error {
  override readonly name = 'RequestError';

  constructor(
    readonly code: ViewError['code'],
    message: string,
    /** The command that helps. */
    readonly remedy?: { readonly title: string; readonly command: string },
  ) {
    super(message);
  }
}
