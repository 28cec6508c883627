import { readSync } from 'node:fs';
import type { Readable } from 'node:stream';
import type { IPty } from 'node-pty';

/** More than the kernel holds for a terminal; a program that writes for ever must not keep us. */
const maxBytes = 1024 * 1024;

/** The parts of node-pty's Unix terminal that its types do not show. */
interface UnixPty {
  readonly fd?: number;
  readonly _socket?: Readable;
}

/**
 * Hands over what a terminal still holds when its reader is about to close. Without it the last kilobytes of a
 * command get lost: libuv takes a hang-up after a partial read for the end of the stream (`uv__stream_io` in
 * `src/unix/stream.c`), and node-pty closes the reader 200 ms after the exit however much is unread.
 */
export function readLastOutput(pty: IPty, onData: (chunk: Buffer) => void): void {
  const { fd, _socket: socket } = pty as UnixPty;
  if (fd === undefined || !socket) return;
  const destroy = socket.destroy.bind(socket);
  let closing = false;
  socket.destroy = (error) => {
    // Only before the first time is the descriptor certainly ours.
    if (!closing) {
      closing = true;
      drain(fd, onData);
    }
    return destroy(error);
  };
}

function drain(fd: number, onData: (chunk: Buffer) => void): void {
  const buffer = Buffer.allocUnsafe(64 * 1024);
  for (let bytes = 0; bytes < maxBytes;) {
    let count: number;
    try {
      count = readSync(fd, buffer);
    } catch {
      // EIO: the other side is closed and all is read. EAGAIN: it is open and silent.
      return;
    }
    if (count === 0) return;
    onData(Buffer.from(buffer.subarray(0, count)));
    bytes += count;
  }
}
