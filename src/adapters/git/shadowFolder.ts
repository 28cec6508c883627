import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { copyIndex } from './copyIndex';
import { isRepositoryTop } from './repositoryTop';

/** Far beyond any list of ignore rules. */
const maxShortBytes = 1024 * 1024;

/** Git settings that matter: nothing changes bytes, nothing runs, nothing is packed behind our back. */
const config = `[core]
\trepositoryformatversion = 0
\tbare = false
\tfilemode = ${process.platform !== 'win32'}
\tsymlinks = ${process.platform !== 'win32'}
\tignorecase = ${process.platform === 'win32' || process.platform === 'darwin'}
\tprecomposeunicode = ${process.platform === 'darwin'}
\tlongpaths = true
\tautocrlf = false
\tsafecrlf = false
\tfsmonitor = false
\tuntrackedCache = false
\thooksPath = /dev/null
\tlooseCompression = 1
[gc]
\tauto = 0
[index]
\tversion = 4
`;

/**
 * Beats every .gitattributes of the workspace, so that what is stored is exactly what is on the disk.
 * `working-tree-encoding` knows no "off", only "not set".
 */
const attributes = '* -text -crlf !eol -filter -ident !working-tree-encoding\n';

/**
 * Makes the git folder where it does not exist yet; by hand, which is much faster than `git init`.
 * @param excludesFile the person's own file of ignore rules, where they set one
 */
export async function prepareGitFolder(
  gitFolder: string,
  excludesFile: string | undefined,
): Promise<void> {
  // It holds what is in the person's files, also in those that nobody else may read.
  await mkdir(gitFolder, { recursive: true, mode: 0o700 });
  for (const folder of ['objects', 'refs', 'info']) {
    await mkdir(join(gitFolder, folder), { recursive: true });
  }
  const quoted = excludesFile?.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n');
  const personal = quoted === undefined ? '' : `[core]\n\texcludesFile = "${quoted}"\n`;
  await writeFile(join(gitFolder, 'config'), config + personal);
  await writeFile(join(gitFolder, 'info', 'attributes'), attributes);
  // Last: git takes the folder for a repository once HEAD is there.
  await writeFile(join(gitFolder, 'HEAD'), 'ref: refs/heads/main\n');
}

/** Tells git to leave out what the person's repository leaves out, and our own state where it lies inside. */
export async function writeExcludes(
  gitFolder: string,
  workTree: string,
  stateFolder: string,
): Promise<void> {
  const lines = [await readPersonalExcludes(workTree)];
  const inside = relative(workTree, stateFolder);
  if (inside !== '' && !inside.startsWith('..') && !isAbsolute(inside)) {
    const pattern = inside
      .split(sep)
      .join('/')
      .replace(/[\\*?[\] !#]/g, '\\$&');
    lines.push(`/${pattern}/`);
  }
  await writeFile(join(gitFolder, 'info', 'exclude'), `${lines.join('\n')}\n`);
}

/**
 * The top folder of the repository that `root` lies in, whose .gitignore files count too; `root` itself where there
 * is none. A repository over the whole home folder (dotfiles) says nothing about the projects in it.
 */
export function findWorkTree(root: string): string {
  for (let folder = root; folder !== homedir(); folder = dirname(folder)) {
    if (isRepositoryTop(folder)) return folder;
    if (dirname(folder) === folder) break;
  }
  return root;
}

/** `.git/info/exclude` of the person's repository, also of a linked worktree; empty where there is none. */
async function readPersonalExcludes(workTree: string): Promise<string> {
  try {
    const dotGit = join(workTree, '.git');
    let folder = dotGit;
    if ((await stat(dotGit)).isFile()) {
      const pointer = /^gitdir: (.*)$/m.exec(await readShort(dotGit));
      folder = resolve(workTree, pointer?.[1]?.trim() ?? '');
    }
    const common = await readShort(join(folder, 'commondir')).catch(() => '.');
    return await readShort(join(resolve(folder, common.trim()), 'info', 'exclude'));
  } catch {
    return '';
  }
}

/** True for a file of rules that git can read at once: a repository may name a pipe or a device instead. */
export async function isShortFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile() && stats.size <= maxShortBytes,
    () => false,
  );
}

/** A text of the person's repository. @throws Error for what is none: a pipe that nobody fills, or a huge file. */
async function readShort(path: string): Promise<string> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = await file.stat();
    if (!stats.isFile() || stats.size > maxShortBytes) throw new Error(`${path} is no short text.`);
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

/**
 * An index of this process alone, begun as a copy of the last one saved so that known files need no reading. Indexes
 * of processes that are gone are removed.
 */
export async function openIndex(gitFolder: string): Promise<string> {
  for (const name of await readdir(gitFolder)) {
    const owner = /^index\.(\d+)\./.exec(name)?.[1];
    if (owner !== undefined && !isAlive(Number(owner))) {
      await rm(join(gitFolder, name), { force: true });
    }
  }
  const own = join(gitFolder, `index.${process.pid}.${randomUUID()}`);
  await copyIndex(join(gitFolder, 'index'), own).catch(() => undefined);
  return own;
}

/** Saves the index for the next process. */
export async function saveIndex(gitFolder: string, own: string): Promise<void> {
  const draft = `${own}.saved`;
  await copyIndex(own, draft);
  await rename(draft, join(gitFolder, 'index'));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
