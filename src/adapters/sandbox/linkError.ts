import { basename } from 'node:path';
import { SandboxError } from '../../ports/sandbox';

/** A name that other programs obey leads elsewhere. */
export function linkError(path: string): SandboxError {
  return new SandboxError(
    `${path} is a link. The sandbox cannot protect ${basename(path)} then, so nothing runs in it here. Replace the link by what it points to.`,
  );
}
