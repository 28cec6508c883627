import { StringDecoder } from 'node:string_decoder';
import { omittedWords } from './omittedWords';

/** A screen is drawn about this often; more events than that help nobody. */
const batchMs = 16;
/** More than this in one batch is cut in the middle: nobody can watch it go by, and the ring keeps its own copy. */
const maxBatchBytes = 64 * 1024;

/** Gathers the many small chunks of a command into few events for those who watch. */
export class DataBatches {
  private readonly decoder = new StringDecoder('utf8');
  private chunks: Buffer[] = [];
  private bytes = 0;
  private droppedBytes = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly emit: (text: string) => void) {}

  push(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.bytes += chunk.length;
    // The newest half stays; dropping single chunks keeps this cheap.
    while (this.bytes > maxBatchBytes && this.chunks.length > 1) {
      const [oldest] = this.chunks.splice(0, 1);
      this.bytes -= oldest?.length ?? 0;
      this.droppedBytes += oldest?.length ?? 0;
    }
    this.timer ??= setTimeout(() => this.flush(), batchMs);
  }

  /** Emits what waits, at once. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.bytes === 0) return;
    const gap = this.droppedBytes > 0 ? `\n${omittedWords(this.droppedBytes)}\n` : '';
    const text = this.decoder.write(Buffer.concat(this.chunks));
    this.chunks = [];
    this.bytes = 0;
    this.droppedBytes = 0;
    if (gap + text !== '') this.emit(gap + text);
  }
}
