import type { ContentStore } from '../ports/contentStore';
import type { ContentId } from '../protocol/ids';
import type { Content } from './content';

/** Bytes kept at most. */
const maxBytes = 16 * 1024 * 1024;

/** The contents used last, in memory: the same few are compared again with every edit of the person. */
export class RecentContents {
  private readonly known = new Map<ContentId, Uint8Array>();
  /** Hashing costs more than anything else here, and the same bytes are stored again and again. */
  private readonly ids = new WeakMap<Uint8Array, ContentId>();
  private size = 0;

  constructor(private readonly store: ContentStore) {}

  /** @throws Error where the content is no longer stored. */
  async get(id: ContentId | null): Promise<Content> {
    if (id === null) return null;
    const known = this.known.get(id);
    if (known) return this.keep(id, known);
    return this.keep(id, await this.store.get(id));
  }

  async put(content: Content): Promise<ContentId | null> {
    if (content === null) return null;
    const stored = this.ids.get(content);
    if (stored !== undefined && this.known.has(stored)) return stored;
    const id = await this.store.put(content);
    this.keep(id, content);
    return id;
  }

  idOf(content: Content): ContentId | null {
    if (content === null) return null;
    const id = this.ids.get(content) ?? this.store.idOf(content);
    this.ids.set(content, id);
    return id;
  }

  /** The one used last is the last to go. */
  private keep(id: ContentId, bytes: Uint8Array): Uint8Array {
    if (!this.known.delete(id)) this.size += bytes.length;
    this.known.set(id, bytes);
    this.ids.set(bytes, id);
    for (const [oldest, content] of this.known) {
      if (this.size <= maxBytes) break;
      this.known.delete(oldest);
      this.size -= content.length;
    }
    return bytes;
  }
}
