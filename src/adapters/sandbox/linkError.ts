import * as l10n from '@vscode/l10n';
import { basename } from 'node:path';
import { SandboxError } from '../../ports/sandbox';

/** A name that other programs obey leads elsewhere. */
export function linkError(path: string): SandboxError {
  return new SandboxError(() =>
    l10n.t(
      '{0} is a link. The sandbox cannot protect {1} then, so nothing runs in it here. Replace the link by what it points to.',
      path,
      basename(path),
    ),
  );
}
