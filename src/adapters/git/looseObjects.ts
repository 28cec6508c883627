import { createHash, randomUUID } from 'node:crypto';
import { access, mkdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { deflate, deflateSync, inflate } from 'node:zlib';
import type { ContentId } from '../../protocol/ids';

const compress = promisify(deflate);
const expand = promisify(inflate);
const compression = { level: 1 };

/** Bytes up to which it takes less to compress at once, some 0.1 ms, than to hand it to another thread. */
const smallObject = 16 * 1024;

/** What git keeps under an id: the content of a file, or the list of a folder. */
export type ObjectType = 'blob' | 'tree';

/** The id git gives to these bytes (SHA-1 object format). */
export function objectId(type: ObjectType, bytes: Uint8Array): ContentId {
  return createHash('sha1').update(`${type} ${bytes.length}\0`).update(bytes).digest('hex');
}

/**
 * Loose objects in a git objects folder, written and read without a process.
 * Source of the format: git's documentation, `gitformat-loose`.
 */
export class LooseObjects {
  constructor(private readonly folder: string) {}

  async put(type: ObjectType, bytes: Uint8Array): Promise<ContentId> {
    const id = objectId(type, bytes);
    const path = this.pathOf(id);
    if (await freshen(path)) return id;
    const header = Buffer.from(`${type} ${bytes.length}\0`);
    const object = Buffer.concat([header, bytes]);
    const isSmall = object.length <= smallObject;
    const packed = isSmall ? deflateSync(object, compression) : await compress(object, compression);
    await mkdir(dirname(path), { recursive: true });
    // Complete under another name first, so that a crash leaves no half object.
    const draft = join(dirname(path), `tmp_obj_${randomUUID()}`);
    try {
      await writeFile(draft, packed, { mode: 0o444 });
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true });
      if (!(await exists(path))) throw error;
    }
    return id;
  }

  /** Undefined where there is no such loose object; git may still have it in a pack. */
  async get(id: ContentId): Promise<Uint8Array | undefined> {
    const packed = await readFile(this.pathOf(id)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (!packed) return undefined;
    const object = await expand(packed);
    return new Uint8Array(object.subarray(object.indexOf(0) + 1));
  }

  private pathOf(id: ContentId): string {
    if (!/^[0-9a-f]{40}$/.test(id)) throw new Error('This is not the id of a content.');
    return join(this.folder, id.slice(0, 2), id.slice(2));
  }
}

/** Says that an object is in use again, so that it is not among the oldest; false where there is none. */
async function freshen(path: string): Promise<boolean> {
  const now = new Date();
  return utimes(path, now, now).then(
    () => true,
    () => exists(path),
  );
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
