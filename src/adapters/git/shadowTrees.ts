import type { TreeChange } from '../../ports/contentStore';
import type { ContentId, TreeId } from '../../protocol/ids';
import { formatTree, inTreeOrder, modes, parseTree, type TreeEntry } from './treeObjects';

/** Trees kept in memory; a state reads those on the way to the files that changed, and the next one again. */
const maxKnown = 100;

/** A file of a tree. */
export type FileEntry = Omit<TreeEntry, 'name'>;

/** Where tree objects are kept. */
export interface TreeStore {
  get(id: TreeId): Promise<Uint8Array>;
  put(tree: Uint8Array): Promise<TreeId>;
}

type Entries = ReadonlyMap<string, TreeEntry>;

/** Compares trees and makes new ones of them, without a process. Paths are separated by slashes. */
export class ShadowTrees {
  private readonly known = new Map<TreeId, Entries>();

  constructor(private readonly store: TreeStore) {}

  /** The same tree with these files in it; null takes one out. Folders come and go with their files. */
  async withFiles(tree: TreeId, files: ReadonlyMap<string, FileEntry | null>): Promise<TreeId> {
    if (files.size === 0) return tree;
    const named = [...files].map(([path, entry]): NamedFile => [toBytes(path), entry]);
    return (await this.rewrite(tree, named)) ?? this.store.put(new Uint8Array());
  }

  /** One file of a tree; undefined where there is none. */
  async fileAt(tree: TreeId, path: string): Promise<FileEntry | undefined> {
    const names = toBytes(path).split('/');
    const last = names.pop() ?? '';
    let folder: TreeId = tree;
    for (const name of names) {
      const entry = (await this.read(folder)).get(name);
      if (entry?.mode !== modes.folder) return undefined;
      folder = entry.id;
    }
    const entry = (await this.read(folder)).get(last);
    return entry && entry.mode !== modes.folder ? entry : undefined;
  }

  /** The files in which two trees differ. */
  async diff(from: TreeId, to: TreeId): Promise<TreeChange[]> {
    const changes: TreeChange[] = [];
    await this.compare(from, to, '', changes);
    return changes;
  }

  /** Undefined where nothing is left in it. */
  private async rewrite(
    tree: TreeId | undefined,
    files: readonly NamedFile[],
  ): Promise<TreeId | undefined> {
    const entries = new Map(tree === undefined ? [] : await this.read(tree));
    const inside = new Map<string, NamedFile[]>();
    const here = files.filter(([path, entry]) => {
      const slash = path.indexOf('/');
      if (slash < 0) return true;
      const name = path.slice(0, slash);
      const others = inside.get(name);
      const file: NamedFile = [path.slice(slash + 1), entry];
      if (others) others.push(file);
      else inside.set(name, [file]);
      return false;
    });
    // What goes comes first, and what is here comes last: a folder may take the place of a file, and a file of a folder.
    for (const [name, entry] of here) {
      if (entry === null && entries.get(name)?.mode !== modes.folder) entries.delete(name);
    }
    for (const [name, below] of inside) {
      const known = entries.get(name);
      const id = await this.rewrite(known?.mode === modes.folder ? known.id : undefined, below);
      if (id !== undefined) entries.set(name, { mode: modes.folder, name, id });
      else if (known?.mode === modes.folder) entries.delete(name);
    }
    for (const [name, entry] of here) if (entry) entries.set(name, { ...entry, name });
    if (entries.size === 0) return undefined;
    const id = await this.store.put(formatTree(entries.values()));
    this.keep(id, entries);
    return id;
  }

  private async compare(
    from: TreeId | undefined,
    to: TreeId | undefined,
    folder: string,
    changes: TreeChange[],
  ): Promise<void> {
    const before = from === undefined ? noEntries : await this.read(from);
    const after = to === undefined ? noEntries : await this.read(to);
    const differing: TreeEntry[] = [];
    for (const entry of before.values()) {
      const other = after.get(entry.name);
      if (entry.id !== other?.id || entry.mode !== other.mode) differing.push(entry);
    }
    for (const entry of after.values()) if (!before.has(entry.name)) differing.push(entry);
    for (const { name } of differing.sort(inTreeOrder)) {
      const [was, is] = [before.get(name), after.get(name)];
      const path = folder + name;
      const [fileBefore, fileAfter] = [fileOf(was), fileOf(is)];
      if (fileBefore || fileAfter) changes.push(toChange(path, fileBefore, fileAfter));
      const [folderBefore, folderAfter] = [folderOf(was), folderOf(is)];
      if (folderBefore !== folderAfter) {
        await this.compare(folderBefore, folderAfter, `${path}/`, changes);
      }
    }
  }

  private async read(tree: TreeId): Promise<Entries> {
    const known = this.known.get(tree);
    if (known) return this.keep(tree, known);
    const entries = parseTree(await this.store.get(tree));
    return this.keep(tree, new Map(entries.map((entry) => [entry.name, entry])));
  }

  /** The one used last is the last to go. */
  private keep(id: TreeId, entries: Entries): Entries {
    this.known.delete(id);
    this.known.set(id, entries);
    for (const oldest of this.known.keys()) {
      if (this.known.size <= maxKnown) break;
      this.known.delete(oldest);
    }
    return entries;
  }
}

/** The path below some folder, in bytes. */
type NamedFile = readonly [path: string, entry: FileEntry | null];

const noEntries: Entries = new Map();

function fileOf(entry: TreeEntry | undefined): TreeEntry | undefined {
  return entry?.mode === modes.folder ? undefined : entry;
}

function folderOf(entry: TreeEntry | undefined): ContentId | undefined {
  return entry?.mode === modes.folder ? entry.id : undefined;
}

function toChange(
  path: string,
  before: TreeEntry | undefined,
  after: TreeEntry | undefined,
): TreeChange {
  const is = (mode: string) => ({ before: before?.mode === mode, after: after?.mode === mode });
  const [can, link] = [is(modes.executable), is(modes.link)];
  return {
    path: Buffer.from(path, 'latin1').toString('utf8'),
    before: before?.id ?? null,
    after: after?.id ?? null,
    ...((link.before || link.after) && { link }),
    ...((can.before || can.after) && { executable: can }),
  };
}

function toBytes(path: string): string {
  return Buffer.from(path, 'utf8').toString('latin1');
}
