import { StringDecoder } from 'node:string_decoder';

/** A screen is drawn about this often. */
const frameMs = 16;
/** More than this in one frame (8 MB a second) is more than a terminal can draw. */
const frameBytes = 128 * 1024;
/** From here on the command has to wait, until no more than the second is left. */
const waiting = { most: 1024 * 1024, least: 256 * 1024 };

/** Hands all output of a command on to a terminal that cannot say whether it keeps up: so much in each frame. */
export class PacedOutput {
  private readonly decoder = new StringDecoder('utf8');
  private chunks: Buffer[] = [];
  private bytes = 0;
  private timer: NodeJS.Timeout | undefined;
  /** True while more waits than should. */
  full = false;

  /** @param onFullChange called when `full` is another one. */
  constructor(
    private readonly emit: (text: string) => void,
    private readonly onFullChange: () => void,
  ) {}

  push(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.bytes += chunk.length;
    this.timer ??= setTimeout(() => this.emitFrame(), frameMs);
    if (this.bytes > waiting.most) this.setFull(true);
  }

  /** Hands on what is left, at once. */
  flush(): void {
    this.hand(this.bytes);
    this.stop();
  }

  dispose(): void {
    this.full = false;
    this.chunks = [];
    this.bytes = 0;
    this.stop();
  }

  private emitFrame(): void {
    this.timer = undefined;
    this.hand(frameBytes);
    if (this.bytes > 0) this.timer = setTimeout(() => this.emitFrame(), frameMs);
    if (this.bytes <= waiting.least) this.setFull(false);
  }

  private hand(most: number): void {
    const all = this.chunks.length === 1 ? this.chunks[0] : Buffer.concat(this.chunks);
    const part = all?.subarray(0, most) ?? Buffer.alloc(0);
    const rest = all?.subarray(part.length);
    this.chunks = rest && rest.length > 0 ? [rest] : [];
    this.bytes -= part.length;
    const text = this.decoder.write(part);
    if (text !== '') this.emit(text);
  }

  private setFull(full: boolean): void {
    if (this.full === full) return;
    this.full = full;
    this.onFullChange();
  }

  private stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
