import { existsSync, lstatSync, realpathSync, statSync, type Stats } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { hidingFileName, type HiddenFiles } from '../../ports/hiddenFiles';
import { findNames } from './findNames';
import { unsearchedFolders } from './hiddenNames';
import { KnownFiles } from './knownFiles';
import { HidingRules } from './hidingRules';

/** A listing is used again for so long, and for ten times as long as it took: it never costs a tenth of the time. */
const freshMs = 1000;

export interface HiddenFilesOptions {
  /** Absolute folder of the workspace. */
  readonly root: string;
  /** Patterns of the person for every folder, in gitignore syntax; they may also show what is hidden usually. */
  readonly personal?: () => readonly string[];
}

/** What is hidden from the agent in a folder of the disk. */
export function createHiddenFiles({ root, personal }: HiddenFilesOptions): HiddenFiles {
  return new DiskHiddenFiles(root, personal ?? (() => []));
}

class DiskHiddenFiles implements HiddenFiles {
  private readonly rules: HidingRules;
  /** Files that have several names, as `device:number`, as last listed. */
  private linked: ReadonlySet<string> = new Set();
  private listed: readonly string[] = [];
  private rulesFound: readonly string[] = [];
  /** Absolute paths of what was moved to where no name hides it. */
  private moved: readonly string[] = [];
  /** What was hidden once stays so where a command moves it to, whatever the name it has there. */
  private readonly known = new KnownFiles();
  private listing:
    { readonly until: number; readonly paths: Promise<readonly string[]> } | undefined;

  private knownRoots: readonly string[] | undefined;

  constructor(
    private readonly root: string,
    personal: () => readonly string[],
  ) {
    this.rules = new HidingRules(root, personal);
  }

  isHidden(path: string): boolean {
    try {
      const real = realNearest(path);
      const info = statSync(real, { throwIfNoEntry: false });
      // Patterns for folders end with a slash.
      const end = info?.isDirectory() ? '/' : '';
      const names = new Set([this.inside(path) + end, this.inside(real) + end]);
      for (const name of names) if (this.rules.hide(name)) return true;
      if (this.known.isMoved(real) || this.moved.some((place) => isIn(place, real))) return true;
      return info !== undefined && info.nlink > 1 && this.linked.has(identity(info));
    } catch {
      return true;
    }
  }

  below(folder: string): readonly string[] {
    const prefix = realOr(folder).replace(/[/\\]*$/, sep);
    return this.listed.filter((path) => path.startsWith(prefix));
  }

  get ruleFiles(): readonly string[] {
    return this.rulesFound;
  }

  list(): Promise<readonly string[]> {
    // No system without `find` has a sandbox of ours; names and links still count there.
    if (process.platform === 'win32') return Promise.resolve([]);
    const now = performance.now();
    const { listing: last } = this;
    if (last && now < last.until && this.known.areInPlace) return last.paths;
    const paths = this.search();
    const listing = { until: Number.POSITIVE_INFINITY, paths };
    this.listing = listing;
    const done = (keptMs: number) => {
      if (this.listing !== listing) return;
      this.listing = { paths, until: performance.now() + keptMs };
    };
    paths.then(
      () => done(Math.max(freshMs, 10 * (performance.now() - now))),
      () => done(0),
    );
    return paths;
  }

  private async search(): Promise<readonly string[]> {
    const root = realpathSync(this.root);
    const find = (folder: string, patterns: readonly string[]) =>
      findNames({ folder, patterns, unsearched: unsearchedFolders });
    const first = await find(root, [
      ...this.rules.everywhere,
      ...this.rules.patternsIn(root),
      hidingFileName,
    ]);
    this.rulesFound = first.filter((path) => path.endsWith(sep + hidingFileName));
    const nested = this.rulesFound.map((path) => dirname(path)).filter((path) => path !== root);
    const more = await Promise.all(
      nested.map((folder) => find(folder, this.rules.patternsIn(folder))),
    );
    const hidden = [...new Set([...first, ...more.flat()])].filter((path) => this.hides(path));
    const files = hidden.flatMap((path) => statOf(path) ?? []).filter((info) => info.nlink > 1);
    const linked = files.filter((info) => info.isFile());
    this.linked = new Set(linked.map(identity));
    const inodes = [...new Set(linked.map(({ ino }) => ino))];
    const numbered = await findNames({ folder: root, inodes, unsearched: unsearchedFolders });
    const names = numbered.filter((path) => {
      const info = statOf(path);
      return info !== undefined && this.linked.has(identity(info));
    });
    const places = hidden.map((path) => realOr(path));
    this.moved = await this.findMoved(root, new Set(places));
    this.known.remember(places);
    this.listed = outermost([...places, ...names, ...this.moved]);
    return this.listed;
  }

  /** Where known files are now that no name hides there. */
  private async findMoved(root: string, byName: ReadonlySet<string>): Promise<readonly string[]> {
    const again = await this.known.findMoved(root);
    return [...new Set([...this.moved, ...again])].filter(
      (path) => existsSync(path) && !byName.has(path),
    );
  }

  /** Of a folder its own name counts, with the slash that patterns for folders end with. */
  private hides(path: string): boolean {
    const inside = this.inside(path);
    const isFolder = lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
    return this.rules.hide(isFolder ? `${inside}/` : inside);
  }

  /** The folder as it was named, and where that leads; looked up once, for a path costs more than a rule. */
  private get roots(): readonly string[] {
    if (this.knownRoots) return this.knownRoots;
    const real = realOr(this.root);
    const roots = [...new Set([this.root, real])];
    if (existsSync(this.root)) this.knownRoots = roots;
    return roots;
  }

  /** The path relative to the root with `/` between segments; from the root of the disk for what is not below it. */
  private inside(path: string): string {
    for (const root of this.roots) {
      const inside = relative(root, path);
      if (inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside)) {
        return withSlashes(inside);
      }
    }
    return `/${withSlashes(path).replace(/^(\w:)?\/+/, '')}`;
  }
}

/** True for a place and for what is below it. */
function isIn(place: string, path: string): boolean {
  return path === place || path.startsWith(place + sep);
}

function withSlashes(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}

/** The real path of what exists of a path, with the rest as it is. @throws where it cannot be found out. */
function realNearest(path: string): string {
  try {
    return realpathSync.native(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if ((code !== 'ENOENT' && code !== 'ENOTDIR') || dirname(path) === path) throw error;
    return join(realNearest(dirname(path)), path.slice(dirname(path).length));
  }
}

function realOr(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}

/** Undefined for what leads nowhere: a missing file, a link that leads to itself. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function identity({ dev, ino }: Stats): string {
  return `${dev}:${ino}`;
}

/** Without what lies in a folder that is there itself. */
function outermost(paths: readonly string[]): readonly string[] {
  const kept = new Set<string>();
  for (const path of [...new Set(paths)].sort((a, b) => a.length - b.length)) {
    let folder = dirname(path);
    while (folder !== dirname(folder) && !kept.has(folder)) folder = dirname(folder);
    if (!kept.has(folder)) kept.add(path);
  }
  return [...kept].sort();
}
