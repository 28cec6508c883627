import { realpathSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { runInSlices, type Steps } from '../../base/slices';
import type { HiddenFiles } from '../../ports/hiddenFiles';
import { preparePaths, rankPaths, type PathList, type PathQuery } from './rankPaths';

/** Results are looked at once more before they are offered, so a few more are found than are wanted. */
const spare = 20;

export interface FileIndexOptions {
  /** Absolute folder. */
  readonly root: string;
  /** Lists its files, relative to it. */
  readonly list: (signal: AbortSignal) => Promise<readonly string[]>;
  readonly hidden: HiddenFiles;
}

/**
 * The files and folders of one workspace folder, kept in memory and searched in slices, so that nothing else of the
 * host waits. What is hidden from the agent is in no answer.
 */
export class FileIndex {
  private paths: Promise<PathList> | undefined;
  private stale = false;
  private refreshing: Promise<void> | undefined;
  private readonly stopped = new AbortController();

  constructor(private readonly options: FileIndexOptions) {}

  /** Files came or went: they are listed anew with the next search. */
  markStale(): void {
    this.stale = true;
  }

  /**
   * The best for what is typed, folders with `/` at their end. It answers from the last listing while a newer one is
   * under way, so that a key press never waits for the disk. @throws Error where the folder cannot be listed.
   */
  async search(query: PathQuery): Promise<readonly string[]> {
    const list = await this.current();
    const wider = { ...query, limit: query.limit + spare };
    const found = await runInSlices(rankPaths(list, wider));
    const { root, hidden } = this.options;
    return found.filter((path) => !hidden.isHidden(`${root}/${path}`)).slice(0, query.limit);
  }

  /** Every path below a folder that ends with `/`. */
  async below(folder: string): Promise<readonly string[]> {
    const { root, hidden } = this.options;
    const { chunks } = await this.current();
    return chunks
      .flatMap(({ paths }) => paths.filter((path) => path.startsWith(folder) && path !== folder))
      .filter((path) => !hidden.isHidden(`${root}/${path}`));
  }

  dispose(): void {
    this.stopped.abort();
  }

  private current(): Promise<PathList> {
    if (!this.paths) {
      this.stale = false;
      this.paths = this.read();
      // What failed once is tried again with the next search.
      this.paths.catch(() => (this.paths = undefined));
    } else if (this.stale) {
      this.refresh();
    }
    return this.paths;
  }

  private refresh(): void {
    if (this.refreshing) return;
    this.stale = false;
    this.refreshing = this.read()
      .then(
        (list) => void (this.paths = Promise.resolve(list)),
        // The last listing is better than none.
        () => this.markStale(),
      )
      .finally(() => (this.refreshing = undefined));
  }

  private async read(): Promise<PathList> {
    const { root, list, hidden } = this.options;
    const [files, hiddenPaths] = await Promise.all([
      list(this.stopped.signal),
      // Names count even where the hidden files cannot be listed: each answer is looked at.
      hidden.list().catch(() => []),
    ]);
    const real = realpathSync(root);
    const left = new Set(hiddenPaths.map((path) => relative(real, path).replaceAll(sep, '/')));
    const visible = await runInSlices(withFolders(files, left));
    return runInSlices(preparePaths(visible));
  }
}

/** Folders first, then the files, without what is hidden. */
function* withFolders(
  files: readonly string[],
  hidden: ReadonlySet<string>,
): Steps<readonly string[]> {
  const folders = new Map<string, 'shown' | 'hidden'>();
  const look = (path: string): 'shown' | 'hidden' => {
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    if (folder === '') return 'shown';
    const known = folders.get(folder);
    if (known) return known;
    const name = folder.slice(0, -1);
    const state = hidden.has(name) ? 'hidden' : look(name);
    folders.set(folder, state);
    return state;
  };
  const shown: string[] = [];
  for (const [index, path] of files.entries()) {
    if (index % 1_000 === 0) yield;
    if (look(path) === 'shown' && !hidden.has(path)) shown.push(path);
  }
  return [...[...folders].flatMap(([path, state]) => (state === 'shown' ? [path] : [])), ...shown];
}
