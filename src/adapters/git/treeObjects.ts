import type { ContentId } from '../../protocol/ids';

/** The modes git gives to what stands in a tree. */
export const modes = {
  file: '100644',
  executable: '100755',
  link: '120000',
  folder: '40000',
} as const;

/** A line of a tree. Names are bytes, one character for each, since they need not be valid in any encoding. */
export interface TreeEntry {
  readonly mode: string;
  readonly name: string;
  readonly id: ContentId;
}

const idBytes = 20;

/** Reads a tree object: `<mode> <name>\0<id in 20 bytes>` again and again. */
export function parseTree(bytes: Uint8Array): TreeEntry[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: TreeEntry[] = [];
  for (let at = 0; at < buffer.length;) {
    const space = buffer.indexOf(' ', at);
    const end = buffer.indexOf(0, space);
    entries.push({
      mode: buffer.toString('latin1', at, space),
      name: buffer.toString('latin1', space + 1, end),
      id: buffer.toString('hex', end + 1, end + 1 + idBytes),
    });
    at = end + 1 + idBytes;
  }
  return entries;
}

/** The tree object of these entries, whatever their order. */
export function formatTree(entries: Iterable<TreeEntry>): Uint8Array {
  const parts: Buffer[] = [];
  for (const { mode, name, id } of [...entries].sort(inTreeOrder)) {
    parts.push(Buffer.from(`${mode} ${name}\0`, 'latin1'), Buffer.from(id, 'hex'));
  }
  return Buffer.concat(parts);
}

/** By bytes, a folder as if its name ended in a slash. */
export function inTreeOrder(a: TreeEntry, b: TreeEntry): number {
  return sortName(a) < sortName(b) ? -1 : 1;
}

function sortName({ mode, name }: TreeEntry): string {
  return mode === modes.folder ? `${name}/` : name;
}
