import { constants } from 'node:fs';
import { access, lstat, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { ContentId, TreeId } from '../../protocol/ids';
import { obeyedNames } from '../../protocol/obeyedNames';
import { parseFileStatus } from './fileStatus';
import type { Git } from './gitProcess';
import type { FileEntry, ShadowTrees } from './shadowTrees';
import { modes } from './treeObjects';

/** Larger files are not watched: nobody reviews them, and each state of them would be kept. */
const maxFileBytes = 5 * 1024 * 1024;

/**
 * So many files, and so much in them, may differ from the index before it is brought up to date: reading them again
 * for each state costs less than the three processes that takes.
 */
const maxDiffering = { files: 32, bytes: 512 * 1024 };

/** So many new contents go into one pack; a file for each takes git several times as long. */
const manyFiles = 200;
/** Git compares each content with all others of the pack it writes, so packs are kept small. */
const filesInPack = 5000;
/** Git streams what is over this many bytes into a pack. */
const intoOnePack = ['-c', 'core.bigFileThreshold=1'];

/** What other programs obey is watched also where the folder ignores it; but for folders that editors fill by themselves. */
const filledByEditors = ['.git', '.hg', '.svn', '.idea', '.vs', '.fleet'];
const neverIgnored = [...obeyedNames, '*.code-workspace']
  .filter((name) => !filledByEditors.includes(name))
  .flatMap((name) => [`--exclude=!${name}`, `--exclude=!${name}/**`]);

const listNew = [
  ...['ls-files', '-z', '--others', '--exclude-standard', '--exclude=node_modules'],
  ...neverIgnored,
];
const listDiffering = ['diff-files', '-z', '--name-status', '--no-renames', '--relative'];

/** Files looked at on the disk at the same time. */
const batchSize = 64;

/** Never through a link, and never waiting for a pipe that took the file's place. Windows has neither. */
const openFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Windows has no permissions and hides what is a link: git keeps there what it knew. */
const hasModes = process.platform !== 'win32';

/** What reading the workspace takes. */
export interface WorkspaceParts {
  /** Runs in `root`. */
  readonly git: Git;
  /** The watched folder; absolute. */
  readonly root: string;
  /** Where it lies in the work tree: empty, or ending in a slash. */
  readonly prefix: string;
  readonly trees: ShadowTrees;
  /** Stores the content of a file. */
  readonly put: (bytes: Uint8Array) => Promise<ContentId>;
}

/** A file that is not as the index knows it. */
interface FoundFile {
  readonly path: string;
  readonly bytes: number;
  readonly isLink: boolean;
  readonly executable: boolean;
}

/**
 * The files of a workspace as trees, by way of a git index that knows how each file looked when it was last read. A
 * few files that changed since then are read here; the index is brought up to date only when they are many.
 */
export class WorkspaceIndex {
  private readonly tooLarge = new Set<string>();
  private readonly nested = new Set<string>();
  private base: TreeId | undefined;

  constructor(private readonly parts: WorkspaceParts) {}

  /** The tree of the index; undefined before the first state. */
  get indexTree(): TreeId | undefined {
    return this.base;
  }

  /** Paths of files that are left out for their size. */
  get largeFiles(): ReadonlySet<string> {
    return this.tooLarge;
  }

  /** Paths of folders that are left out because they are repositories of their own. */
  get nestedRepositories(): ReadonlySet<string> {
    return this.nested;
  }

  /** The tree of what is on the disk. @throws Error with git's own words. */
  async read(): Promise<TreeId> {
    const { changed, gone } = await this.findDiffering();
    this.tooLarge.clear();
    const found = await inBatches(changed, (path) => this.look(path));
    const bytes = found.reduce((sum, file) => sum + file.bytes, 0);
    const isMuch = found.length + gone.length > maxDiffering.files || bytes > maxDiffering.bytes;
    const { base } = this;
    if (base === undefined || isMuch) {
      this.base = undefined;
      await this.updateIndex(found, gone);
      this.base = (await this.parts.git.run(['write-tree'])).trim();
      return this.base;
    }
    const { trees, prefix } = this.parts;
    const files = new Map<string, FileEntry | null>(gone.map((path) => [prefix + path, null]));
    const entries = await inBatches(found, async (file) => this.store(file, base));
    for (const { path, entry } of entries) files.set(prefix + path, entry);
    return trees.withFiles(base, files);
  }

  /** What git sees at a glance: names that look changed or are new, and those that are gone. */
  private async findDiffering(): Promise<{ changed: string[]; gone: string[] }> {
    const { git } = this.parts;
    const [status, others] = await Promise.all([
      git.runQuiet(listDiffering),
      // Starting a process holds everything up: others get their turn between the two.
      setImmediate().then(() => git.runQuiet(listNew)),
    ]);
    const { changed, gone } = parseFileStatus(status.toString('utf8'));
    this.nested.clear();
    for (const path of others.toString('utf8').split('\0')) {
      if (path.endsWith('/')) this.nested.add(path.slice(0, -1));
      else if (path !== '') changed.push(path);
    }
    return { changed, gone };
  }

  /** Undefined for what is neither a file nor a link of a size that is kept, and for what is gone again. */
  private async look(path: string): Promise<FoundFile | undefined> {
    const info = await lstat(join(this.parts.root, path)).catch(() => undefined);
    const isLink = info?.isSymbolicLink() === true;
    if (!info || !(isLink || info.isFile())) return undefined;
    if (!isLink && info.size > maxFileBytes) {
      this.tooLarge.add(path);
      return undefined;
    }
    return { path, bytes: info.size, isLink, executable: (info.mode & constants.S_IXUSR) !== 0 };
  }

  /** Stores a file; undefined where it may not be read or is gone again: it then stays as the index knows it. */
  private async store(
    { path, isLink, executable }: FoundFile,
    base: TreeId,
  ): Promise<{ readonly path: string; readonly entry: FileEntry } | undefined> {
    const { root, prefix, trees, put } = this.parts;
    const absolute = join(root, path);
    const content = isLink
      ? readlink(absolute, { encoding: 'buffer' })
      : readFile(absolute, { flag: openFlags });
    const bytes = await content.catch(() => undefined);
    if (!bytes) return undefined;
    const known = hasModes ? undefined : await trees.fileAt(base, prefix + path);
    const mode = isLink ? modes.link : executable ? modes.executable : modes.file;
    return { path, entry: { mode: known?.mode ?? mode, id: await put(bytes) } };
  }

  private async updateIndex(found: readonly FoundFile[], gone: readonly string[]): Promise<void> {
    const { git } = this.parts;
    if (gone.length > 0) {
      await git.runQuiet(['update-index', '-z', '--force-remove', '--stdin'], joined(gone));
    }
    for (let start = 0; start < found.length; start += filesInPack) {
      const paths = found.slice(start, start + filesInPack).map(({ path }) => path);
      // One file that may not be read makes git refuse all; only then is it worth looking for it.
      await this.addToIndex(paths).catch(async () =>
        this.addToIndex(await inBatches(paths, (path) => this.whereReadable(path))),
      );
    }
  }

  private async addToIndex(paths: readonly string[]): Promise<void> {
    const storage = paths.length > manyFiles ? intoOnePack : [];
    const update = ['update-index', '-z', '--add', '--remove', '--replace', '--stdin'];
    await this.parts.git.runQuiet([...storage, ...update], joined(paths));
  }

  private async whereReadable(path: string): Promise<string | undefined> {
    return access(join(this.parts.root, path), constants.R_OK).then(
      () => path,
      (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? path : undefined),
    );
  }
}

/** What `work` answers for each, a batch at a time; without what it answers undefined for. */
async function inBatches<T, Result>(
  all: readonly T[],
  work: (one: T) => Promise<Result | undefined>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < all.length; start += batchSize) {
    const answers = await Promise.all(all.slice(start, start + batchSize).map(work));
    for (const answer of answers) if (answer !== undefined) results.push(answer);
  }
  return results;
}

function joined(paths: readonly string[]): string {
  return paths.map((path) => `${path}\0`).join('');
}
