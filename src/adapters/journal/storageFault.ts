import { JournalError } from '../../ports/threadStore';

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be larger than allowed',
  EACCES: 'there is no permission',
  EPERM: 'there is no permission',
  EROFS: 'the disk is read-only',
  EIO: 'the disk reports a fault',
  ENOENT: 'the folder is gone',
  ENOTDIR: 'a file is where the folder belongs',
  EEXIST: 'a file is where the folder belongs',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
};

/** The system's code of a failed file operation, such as `ENOSPC`. */
export function faultCode(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}

/** Three sentences: what happened and why, what was kept, what to do. */
export function storageFault(what: string, error: unknown, kept: string): JournalError {
  const code = faultCode(error);
  const reason = reasons[code] ?? (code || 'of an unexpected fault');
  const because = reasons[code] ? `because ${reason}` : `(${reason})`;
  return new JournalError(`${what} ${because}. ${kept} Solve that and try again.`, {
    cause: error,
  });
}
