import type { GitCall, PersonalGit } from './personalGit';

/** Attributes by which git stores other bytes than stand in the folder. */
const attributes = ['text', 'crlf', 'eol', 'filter', 'ident', 'working-tree-encoding'] as const;

type Attributes = Readonly<Partial<Record<(typeof attributes)[number], string>>>;

/** Answers bytes of a file of the folder as git would store them, in place of `stored`. */
export type StoredForm = (
  path: string,
  bytes: Uint8Array,
  stored: Uint8Array | undefined,
) => Promise<Uint8Array>;

/**
 * How git would store these files (paths from the top folder, which git runs in): with the person's line ends and
 * filters, as `git add` does. Git itself is asked only where something is set for a file.
 * @param call names a place for objects, so that asking leaves nothing behind.
 */
export async function readStoredForm(
  git: PersonalGit,
  paths: readonly string[],
  call: GitCall,
): Promise<StoredForm> {
  const [known, autocrlf] = await Promise.all([
    readAttributes(git, paths, call),
    git.answer(['config', '--get', 'core.autocrlf'], call),
  ]);
  const converts = /^(true|input|yes|on|1)\s*$/i.test(autocrlf ?? '');
  return async (path, bytes, stored) => {
    const set = known.get(path) ?? {};
    if (!isSet(set) && (!converts || set.text === 'unset' || set.crlf === 'unset')) return bytes;
    // What was once stored with its CRLFs keeps them: else every line of it would change.
    if (!hasProgram(set) && stored && hasCrlf(stored)) return bytes;
    const id = await git.text(['hash-object', '-w', '--stdin', '--path', path], {
      ...call,
      input: bytes,
    });
    return git.run(['cat-file', 'blob', id.trim()], call);
  };
}

async function readAttributes(
  git: PersonalGit,
  paths: readonly string[],
  call: GitCall,
): Promise<ReadonlyMap<string, Attributes>> {
  const known = new Map<string, Attributes>();
  if (paths.length === 0) return known;
  const printed = await git.text(['check-attr', '-z', '--stdin', ...attributes], {
    ...call,
    input: paths.map((path) => `${path}\0`).join(''),
  });
  const fields = printed.split('\0');
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const [path = '', name = '', value = ''] = fields.slice(at, at + 3);
    if (value !== 'unspecified') known.set(path, { ...known.get(path), [name]: value });
  }
  return known;
}

function isSet(set: Attributes): boolean {
  return Object.values(set).some((value) => value !== 'unset');
}

/** True where more than line ends may change. */
function hasProgram(set: Attributes): boolean {
  return (['filter', 'ident', 'working-tree-encoding'] as const).some(
    (name) => set[name] !== undefined && set[name] !== 'unset',
  );
}

function hasCrlf(bytes: Uint8Array): boolean {
  return !bytes.includes(0) && Buffer.from(bytes).includes('\r\n');
}
