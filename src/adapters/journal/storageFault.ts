import * as l10n from '@vscode/l10n';
import { JournalError } from '../../ports/threadStore';

/** What a code of the system means; undefined where that is not known. */
function reasonOf(code: string): string | undefined {
  switch (code) {
    case 'ENOSPC':
      return l10n.t('the disk is full');
    case 'EDQUOT':
      return l10n.t('the disk quota is used up');
    case 'EFBIG':
      return l10n.t('the file would be larger than allowed');
    case 'EACCES':
    case 'EPERM':
      return l10n.t('there is no permission');
    case 'EROFS':
      return l10n.t('the disk is read-only');
    case 'EIO':
      return l10n.t('the disk reports a fault');
    case 'ENOENT':
      return l10n.t('the folder is gone');
    case 'ENOTDIR':
    case 'EEXIST':
      return l10n.t('a file is where the folder belongs');
    case 'EMFILE':
    case 'ENFILE':
      return l10n.t('too many files are open');
    default:
      return undefined;
  }
}

/** The system's code of a failed file operation, such as `ENOSPC`. */
export function faultCode(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}

/** Three sentences: what happened and why, what was kept, what to do. */
export function storageFault(what: string, error: unknown, kept: string): JournalError {
  const code = faultCode(error);
  const reason = reasonOf(code);
  const text =
    reason === undefined
      ? l10n.t(
          '{0} ({1}). {2} Solve that and try again.',
          what,
          code || l10n.t('an unexpected fault'),
          kept,
        )
      : l10n.t('{0} because {1}. {2} Solve that and try again.', what, reason, kept);
  return new JournalError(text, { cause: error });
}
