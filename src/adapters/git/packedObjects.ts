import type { ContentId } from '../../protocol/ids';

/** Runs `git cat-file --batch` with these lines as its input. */
export type CatFile = (input: string) => Promise<Buffer>;

interface Waiting {
  readonly resolve: (bytes: Uint8Array) => void;
  readonly reject: (error: unknown) => void;
}

/** Reads contents git keeps in packs; what is asked for at the same time is read by one process. */
export class PackedObjects {
  private waiting = new Map<ContentId, Waiting[]>();

  constructor(private readonly catFile: CatFile) {}

  /** @throws Error where the content was never stored. */
  get(id: ContentId): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      if (this.waiting.size === 0) setImmediate(() => void this.readWaiting());
      const others = this.waiting.get(id) ?? [];
      this.waiting.set(id, [...others, { resolve, reject }]);
    });
  }

  private async readWaiting(): Promise<void> {
    const asked = this.waiting;
    this.waiting = new Map();
    const found = await this.catFile([...asked.keys(), ''].join('\n')).then(parseBatch, asError);
    for (const [id, waiting] of asked) {
      const bytes = found instanceof Error ? undefined : found.get(id);
      for (const { resolve, reject } of waiting) {
        if (bytes) resolve(bytes);
        else reject(new Error(`The content ${id} is not stored.`, { cause: found }));
      }
    }
  }
}

/** Reads `<id> <type> <size>\n<bytes>\n` again and again; a missing object is `<id> missing\n`. */
function parseBatch(output: Buffer): Map<ContentId, Uint8Array> {
  const found = new Map<ContentId, Uint8Array>();
  for (let at = 0; at < output.length;) {
    const end = output.indexOf(10, at);
    const [id = '', type = '', size = ''] = output.toString('latin1', at, end).split(' ');
    at = end + 1;
    if (type === 'missing') continue;
    const length = Number(size);
    found.set(id, new Uint8Array(output.subarray(at, at + length)));
    at += length + 1;
  }
  return found;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
