import { lstatSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { NewRepository } from '../../ports/sandbox';
import { findNames } from '../disk/findNames';
import { KnownFiles } from '../disk/knownFiles';
import { disarmRepository } from './disarmRepository';
import { isBare, namesIn } from './repositoryPlaces';

/** Packages bring no repository that anybody opens, and are most of what there is to search. */
const unsearched = ['node_modules'];

/** A search costs at most this part of the time, and waits until whoever waited for the command goes on. */
const pausePerSearch = 10;
const firstPauseMs = 200;

/** One run of a confined command. Times are in milliseconds since 1970. */
interface Run {
  readonly startedAt: number;
  readonly tell: (made: readonly NewRepository[]) => void;
}

interface EndedRun extends Run {
  readonly endedAt: number;
}

/** The known repositories of each workspace, by its root. */
export class RepositoriesOfRoots {
  private readonly roots = new Map<string, KnownRepositories>();

  /** @param root absolute folder, links resolved. */
  below(root: string): KnownRepositories {
    const known = this.roots.get(root) ?? new KnownRepositories(root);
    this.roots.set(root, known);
    return known;
  }

  dispose(): void {
    for (const known of this.roots.values()) known.dispose();
  }
}

/**
 * The repositories below a workspace, however deep: they are searched for once, before the first command, and again in
 * the background after those that could make one. Those that are known stay so wherever they are moved to.
 */
export class KnownRepositories {
  private readonly known = new KnownFiles();
  private first: Promise<void> | undefined;
  private readonly running = new Set<Run>();
  private runs: EndedRun[] = [];
  private timer: NodeJS.Timeout | undefined;
  private searching = false;
  private restUntil = 0;

  /** @param root absolute folder, links resolved. */
  constructor(private readonly root: string) {}

  /** Absolute folders below the root that are repositories. @throws Error where they cannot be searched for. */
  async folders(): Promise<readonly string[]> {
    this.first ??= this.search().then((found) => this.known.remember(found));
    await this.first.catch((error: unknown) => {
      this.first = undefined;
      throw error;
    });
    await this.known.findMoved(this.root);
    return this.known.paths.map((path) => dirname(path));
  }

  /** These have been dealt with already; absolute folders. */
  add(folders: readonly string[]): void {
    this.known.remember(folders.flatMap(marksOf));
  }

  /**
   * A command begins; answers what is to be called when it has ended. What it made deep in the workspace is found soon
   * after, is told, and what it would make git run outside is taken away.
   */
  begin(tell: Run['tell']): () => void {
    const run = { startedAt: Date.now(), tell };
    this.running.add(run);
    return () => {
      this.running.delete(run);
      this.lookSoon({ ...run, endedAt: Date.now() });
    };
  }

  private lookSoon(run: EndedRun): void {
    this.runs.push(run);
    if (this.searching || this.timer) return;
    const waitMs = Math.max(firstPauseMs, this.restUntil - performance.now());
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.look();
    }, waitMs);
    this.timer.unref();
  }

  dispose(): void {
    clearTimeout(this.timer);
  }

  private async look(): Promise<void> {
    const runs = this.runs.splice(0);
    const startedAt = performance.now();
    this.searching = true;
    // Where it cannot be searched, the next command does not run either, and that is told.
    const found = await this.search().catch(() => []);
    this.searching = false;
    this.restUntil = performance.now() + pausePerSearch * (performance.now() - startedAt);
    const fresh = found.filter((path) => !this.known.has(path));
    this.known.remember(fresh.filter((path) => this.judge(path, runs)));
    const next = this.runs.pop();
    if (next) this.lookSoon(next);
  }

  /**
   * Only what came while a command ran is its doing; the person makes repositories too. False where that cannot be told
   * before a command that still runs has ended.
   */
  private judge(path: string, runs: readonly EndedRun[]): boolean {
    const bornAt = lstatSync(path, { throwIfNoEntry: false })?.birthtimeMs ?? 0;
    const run = runs.findLast(({ startedAt, endedAt }) => startedAt <= bornAt && bornAt <= endedAt);
    if (!run) return ![...this.running, ...this.runs].some(({ startedAt }) => startedAt <= bornAt);
    const folder = dirname(path);
    run.tell([{ folder: relative(this.root, folder), disarmed: disarmRepository(folder) }]);
    return true;
  }

  private async search(): Promise<readonly string[]> {
    const patterns = ['.git', 'HEAD'];
    const found = await findNames({ folder: this.root, patterns, unsearched });
    const folders = new Set(found.map((path) => dirname(path)));
    folders.delete(this.root);
    return [...folders].flatMap(marksOf);
  }
}

/**
 * What makes a folder a repository, and stays the same one while it is: its `.git`, or the objects of a bare one. None
 * where it is none, or a part of one.
 */
function marksOf(folder: string): string[] {
  if (folder.split('/').includes('.git')) return [];
  const dotGit = join(folder, '.git');
  const stats = lstatSync(dotGit, { throwIfNoEntry: false });
  if (stats) return stats.isDirectory() || stats.isFile() ? [dotGit] : [];
  return isBare(namesIn(folder)) ? [join(folder, 'objects')] : [];
}
