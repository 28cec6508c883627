import * as l10n from '@vscode/l10n';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { toldMessage } from '../../base/toldError';
import { nameFew } from '../../base/nameFew';
import type { ContentStore, TreeChange } from '../../ports/contentStore';
import type { Log } from '../../ports/log';
import type { ContentId, TreeId } from '../../protocol/ids';
import {
  GitTimeoutError,
  isGitMissing,
  openGit,
  readPersonalSetting,
  type Git,
} from './gitProcess';
import { LooseObjects, objectId } from './looseObjects';
import { deleteObjects, trimObjects } from './objectsOnDisk';
import { PackedObjects } from './packedObjects';
import {
  findWorkTree,
  isShortFile,
  openIndex,
  prepareGitFolder,
  saveIndex,
  writeExcludes,
} from './shadowFolder';
import { ShadowTrees } from './shadowTrees';
import { WorkspaceIndex } from './workspaceIndex';

/** What is kept of one workspace where the person says nothing. */
const defaultLimitBytes = 500 * 1024 * 1024;

const noPaths: ReadonlySet<string> = new Set();

/** How much is kept is looked at once in this time. */
const trimEveryMs = 10 * 60_000;

export interface ShadowStoreOptions {
  /** The folder that is watched; absolute. */
  readonly root: string;
  /** Where our git folders are kept; absolute, created where missing. */
  readonly stateFolder: string;
  readonly log: Log;
  /** Bytes that are kept for this folder at most; 500 MB where absent. Asked for each time. */
  readonly limitBytes?: () => number;
  /** The host's environment; git sees a few variables of it. */
  readonly environment?: NodeJS.ProcessEnv;
}

/** A content store over a git folder of ours; the person's repository is read for its ignore rules only. */
export function createShadowStore(options: ShadowStoreOptions): ContentStore {
  return new ShadowStore(options);
}

/** Git on our folder, and the index of this process. */
interface Opened {
  readonly git: Git;
  readonly indexFile: string;
  /** See `WorkspaceParts`. */
  readonly prefix: string;
  readonly index: WorkspaceIndex;
}

class ShadowStore implements ContentStore {
  private readonly gitFolder: string;
  private readonly objects: LooseObjects;
  private readonly packed = new PackedObjects(async (input) => {
    const { git } = await this.open();
    return git.runQuiet(['cat-file', '--batch'], input);
  });
  private readonly trees = new ShadowTrees({
    get: (id) => this.get(id),
    put: (tree) => this.objects.put('tree', tree),
  });
  /** The index that was read last. */
  private index: WorkspaceIndex | undefined;
  /** Why no state can be taken; a sentence. */
  private failure: string | undefined;
  /** No git on this machine, or a folder too large to watch: it is not tried again. */
  private gaveUp = false;
  private opened: Promise<Opened> | undefined;
  private last: TreeId | undefined;
  private readonly objectsFolder: string;
  private trimmedAt = -Infinity;
  private overLimit = false;
  private queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: ShadowStoreOptions) {
    const name = objectId('blob', Buffer.from(options.root)).slice(0, 16);
    this.gitFolder = join(options.stateFolder, `${name}.git`);
    this.objectsFolder = join(this.gitFolder, 'objects');
    this.objects = new LooseObjects(this.objectsFolder);
  }

  notes(): readonly string[] {
    if (this.failure !== undefined) return [this.failure];
    const notes: string[] = [];
    if (this.overLimit) {
      notes.push(
        l10n.t(
          'The checkpoints of this folder take more room than tandem.review.checkpointStorageMb allows: all of it is needed for the files as they are now.',
        ),
      );
    }
    const { largeFiles = noPaths, nestedRepositories = noPaths } = this.index ?? {};
    if (largeFiles.size > 0) {
      notes.push(l10n.t('Not watched, over 5 MB: {0}.', list(largeFiles)));
    }
    if (nestedRepositories.size > 0) {
      notes.push(l10n.t('Not watched, repositories of their own: {0}.', list(nestedRepositories)));
    }
    return notes;
  }

  snapshot(): Promise<TreeId | undefined> {
    const taken = this.queue.then(() => this.takeSnapshot());
    this.queue = taken;
    return taken;
  }

  async diff(from: TreeId, to: TreeId): Promise<readonly TreeChange[]> {
    if (from === to) return [];
    const { prefix } = await this.open();
    // Nothing outside of the folder is in a tree.
    const changes = await this.trees.diff(from, to);
    return changes.map((change) => ({ ...change, path: change.path.slice(prefix.length) }));
  }

  put(bytes: Uint8Array): Promise<ContentId> {
    return this.objects.put('blob', bytes);
  }

  async get(id: ContentId): Promise<Uint8Array> {
    return (await this.objects.get(id)) ?? this.packed.get(id);
  }

  idOf(bytes: Uint8Array): ContentId {
    return objectId('blob', bytes);
  }

  trim(needed: readonly ContentId[]): Promise<void> {
    if (Date.now() - this.trimmedAt < trimEveryMs) return Promise.resolve();
    this.trimmedAt = Date.now();
    return this.alone(async () => {
      const { limitBytes = () => defaultLimitBytes } = this.options;
      const left = await trimObjects(this.objectsFolder, limitBytes(), async () => ({
        ids: new Set([...needed, ...(await this.currentIds())]),
        idsOfPack: (index) => this.idsOfPack(index),
      }));
      this.overLimit = left > limitBytes();
    });
  }

  forget(ids: readonly ContentId[]): Promise<void> {
    return this.alone(async () => {
      const current = ids.length > 0 ? await this.currentIds() : new Set();
      await deleteObjects(
        this.objectsFolder,
        ids.filter((id) => !current.has(id)),
      );
    });
  }

  /** Runs while no state is taken. */
  private alone(work: () => Promise<void>): Promise<void> {
    const done = this.queue.then(work);
    this.queue = done.catch(() => undefined);
    return done;
  }

  /** Every object of the last state, and of the index that the next one starts from. */
  private async currentIds(): Promise<Set<ContentId>> {
    if (this.gaveUp) return new Set();
    const { git } = await this.open();
    const ids = new Set<ContentId>();
    const listings = [['ls-files', '--stage']];
    for (const tree of new Set([this.last, this.index?.indexTree])) {
      if (tree === undefined) continue;
      ids.add(tree);
      listings.push(['ls-tree', '-r', '-t', '--full-tree', tree]);
    }
    for (const args of listings) {
      const output = (await git.runQuiet(args)).toString('latin1');
      for (const [id] of output.matchAll(/\b[0-9a-f]{40}\b/g)) ids.add(id);
    }
    return ids;
  }

  private async idsOfPack(index: string): Promise<readonly ContentId[]> {
    const { git } = await this.open();
    const output = (await git.runQuiet(['verify-pack', '-v', index])).toString('latin1');
    return [...output.matchAll(/^[0-9a-f]{40}\b/gm)].map(([id]) => id);
  }

  /** Never throws: a workspace that cannot be watched is said in the notes and does not stop the agent. */
  private async takeSnapshot(): Promise<TreeId | undefined> {
    if (this.gaveUp) return undefined;
    try {
      this.last = await this.readWorkspace().catch(async (error: unknown) => {
        if (isHopeless(error)) throw error;
        // A damaged index, or one whose contents were deleted: a new one is made from the files.
        this.opened = undefined;
        this.last = undefined;
        await rm(join(this.gitFolder, 'index'), { force: true });
        return this.readWorkspace();
      });
      this.failure = undefined;
    } catch (error) {
      this.opened = undefined;
      this.last = undefined;
      this.gaveUp = isHopeless(error);
      this.failure = isGitMissing(error)
        ? l10n.t('Changes made by shell commands are not tracked, because git is not installed.')
        : l10n.t('Changes made by shell commands are not tracked: {0}', toldMessage(error).trim());
      this.options.log.warn('The state of the workspace could not be taken.');
    }
    return this.last;
  }

  private async readWorkspace(): Promise<TreeId> {
    const { index, indexFile } = await this.open();
    this.index = index;
    const tree = await index.read();
    if (this.last === undefined) await saveIndex(this.gitFolder, indexFile).catch(() => undefined);
    return tree;
  }

  private open(): Promise<Opened> {
    this.opened ??= this.openGitFolder();
    return this.opened;
  }

  private async openGitFolder(): Promise<Opened> {
    const { root, stateFolder, environment = process.env } = this.options;
    const { gitFolder } = this;
    const named = await readPersonalSetting(root, 'core.excludesFile', environment);
    const excludes = named === undefined ? undefined : resolve(root, named);
    const isUsable = excludes !== undefined && (await isShortFile(excludes));
    await prepareGitFolder(gitFolder, isUsable ? excludes : undefined);
    const indexFile = await openIndex(gitFolder);
    let workTree = findWorkTree(root);
    const openAt = (folder: string) =>
      openGit({ gitFolder, workTree: folder, indexFile, cwd: root }, environment);
    if (workTree !== root) {
      await writeExcludes(gitFolder, workTree, stateFolder);
      // A folder that the repository around it ignores is looked at by itself.
      const ignored = await openAt(workTree).run(['check-ignore', '--', '.']);
      if (ignored !== '') workTree = root;
    }
    await writeExcludes(gitFolder, workTree, stateFolder);
    const git = openAt(workTree);
    const shown = workTree === root ? '' : await git.run(['rev-parse', '--show-prefix']);
    const prefix = shown.replace(/\n$/, '');
    const put = (bytes: Uint8Array) => this.put(bytes);
    const index = new WorkspaceIndex({ git, root, prefix, trees: this.trees, put });
    return { git, prefix, indexFile, index };
  }
}

/** True where trying again would only cost time. */
function isHopeless(error: unknown): boolean {
  return isGitMissing(error) || error instanceof GitTimeoutError;
}

/** The first few names of a set, and how many more there are. */
function list(paths: ReadonlySet<string>): string {
  return nameFew(
    [...paths].map((path) => (path === '' ? '.' : path)),
    3,
  );
}
