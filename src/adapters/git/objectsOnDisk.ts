import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContentId } from '../../protocol/ids';

/** Objects younger than this stay in any case: another window may have just written them. */
const youngMs = 10 * 60_000;

/** Once the limit is reached, so much of it is left over, so that not every state has to make room. */
const fillAfterTrim = 0.8;

/** Files looked at at the same time. */
const batchSize = 64;

interface StoredFile {
  /** The object's id, or the pack's name. */
  readonly name: string;
  readonly paths: readonly string[];
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly changedAt: number;
}

/** What is needed to decide on a pack, asked for only where room has to be made. */
export interface Needed {
  /** Ids that stay. */
  readonly ids: ReadonlySet<ContentId>;
  /** The ids a pack holds, by the path of its index. */
  idsOfPack(indexPath: string): Promise<readonly ContentId[]>;
}

/**
 * Deletes the oldest objects until the folder takes less than `limitBytes`. Answers the bytes it takes afterwards;
 * more than the limit where the rest is needed.
 */
export async function trimObjects(
  folder: string,
  limitBytes: number,
  findNeeded: () => Promise<Needed>,
): Promise<number> {
  const [loose, packs] = await Promise.all([looseFiles(folder), packFiles(folder)]);
  let total = [...loose, ...packs].reduce((sum, { bytes }) => sum + bytes, 0);
  if (total <= limitBytes) return total;
  const needed = await findNeeded();
  const oldBefore = Date.now() - youngMs;
  const files = [...loose, ...packs].sort((a, b) => a.changedAt - b.changedAt);
  for (const { name, paths, bytes, changedAt } of files) {
    if (total <= limitBytes * fillAfterTrim || changedAt > oldBefore) break;
    const index = paths.find((path) => path.endsWith('.idx'));
    const ids = index === undefined ? [name] : await needed.idsOfPack(index);
    if (ids.some((id) => needed.ids.has(id))) continue;
    for (const path of paths) await rm(path, { force: true });
    total -= bytes;
  }
  return total;
}

/** Deletes loose objects. What lies in a pack goes with the pack, once it is old. */
export async function deleteObjects(folder: string, ids: readonly ContentId[]): Promise<void> {
  for (const id of ids) {
    if (/^[0-9a-f]{40}$/.test(id))
      await rm(join(folder, id.slice(0, 2), id.slice(2)), { force: true });
  }
}

async function looseFiles(folder: string): Promise<StoredFile[]> {
  const found: StoredFile[] = [];
  for (const prefix of await names(folder)) {
    if (!/^[0-9a-f]{2}$/.test(prefix)) continue;
    const inside = (await names(join(folder, prefix))).filter((name) =>
      /^[0-9a-f]{38}$/.test(name),
    );
    for (let start = 0; start < inside.length; start += batchSize) {
      const batch = inside.slice(start, start + batchSize);
      const files = batch.map((name) => measure(prefix + name, [join(folder, prefix, name)]));
      found.push(...(await Promise.all(files)).flatMap((file) => file ?? []));
    }
  }
  return found;
}

async function packFiles(folder: string): Promise<StoredFile[]> {
  const packFolder = join(folder, 'pack');
  const inside = await names(packFolder);
  const packs = inside.filter((name) => name.endsWith('.pack')).map((name) => name.slice(0, -5));
  const files = packs.map((pack) => {
    const own = inside.filter((name) => name.startsWith(`${pack}.`));
    return measure(
      pack,
      own.map((name) => join(packFolder, name)),
    );
  });
  return (await Promise.all(files)).flatMap((file) => file ?? []);
}

/** Undefined where it is gone meanwhile. */
async function measure(name: string, paths: readonly string[]): Promise<StoredFile | undefined> {
  try {
    const infos = await Promise.all(paths.map((path) => stat(path)));
    const bytes = infos.reduce((sum, { size }) => sum + size, 0);
    return { name, paths, bytes, changedAt: Math.max(...infos.map(({ mtimeMs }) => mtimeMs)) };
  } catch {
    return undefined;
  }
}

async function names(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
