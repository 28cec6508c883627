import * as l10n from '@vscode/l10n';
import type { IPty } from 'node-pty';
import { delay, endWaits, whenAborted } from '../../base/abort';
import { defer } from '../../base/deferred';
import { toDisposable, type Disposable } from '../../base/disposable';
import { Emitter } from '../../base/emitter';
import { inEnglish, type Sentence } from '../../base/language';
import type { Terminal, TerminalOutput } from '../../ports/terminal';
import type { ItemId } from '../../protocol/ids';
import { DataBatches } from './dataBatches';
import { killTree } from './killTree';
import { readLastOutput } from './lastOutput';
import { OutputRing } from './outputRing';
import { PacedOutput } from './pacedOutput';

/** What commands are told of their screen while no person looks at it. */
export const terminalSize = { columns: 120, rows: 30 };

/** Bytes of what was printed that a person gets to see who comes later. */
const keptBytes = 512 * 1024;

/** What one command in a pseudo-terminal is made of. */
export interface PtyTerminalParts {
  readonly id: number;
  readonly command: string;
  readonly itemId?: ItemId;
  readonly confined: boolean;
  readonly pty: IPty;
  /** `NAME=value` that everything the command starts carries in its environment, and nothing else does. */
  readonly marker: string;
  /** Called when the last words of an ended command were taken. */
  readonly onFinished: () => void;
}

/** A command in a pseudo-terminal. */
export class PtyTerminal implements Terminal {
  readonly id: number;
  readonly command: string;
  readonly itemId?: ItemId;
  readonly confined: boolean;
  private readonly ring = new OutputRing();
  /** What a person sees who looks at it later; the agent has taken it already perhaps. */
  private readonly kept = new OutputRing(keptBytes);
  private readonly watchers = new Set<PacedOutput>();
  private readonly data = new Emitter<string>();
  private readonly exit = new Emitter<number>();
  private readonly batches = new DataBatches((text) => this.data.fire(text));
  private readonly ended = defer<void>();
  private exitCode: number | undefined;
  private killing: Promise<void> | undefined;
  private endReason: Sentence | undefined;
  private paused = false;
  private taken = false;
  private personTyped = false;

  readonly onData = this.data.event;
  readonly onExit = this.exit.event;

  constructor(private readonly parts: PtyTerminalParts) {
    this.id = parts.id;
    this.command = parts.command;
    this.confined = parts.confined;
    if (parts.itemId !== undefined) this.itemId = parts.itemId;
    // The pty is opened without an encoding, so chunks are bytes whatever the type says.
    parts.pty.onData((chunk: unknown) => this.receive(chunk as Buffer));
    readLastOutput(parts.pty, (chunk) => this.receive(chunk));
    parts.pty.onExit(({ exitCode, signal }) => this.end(signal ? 128 + signal : exitCode));
  }

  get running(): boolean {
    return this.exitCode === undefined;
  }

  write(chars: string): void {
    if (this.running) this.parts.pty.write(chars);
  }

  get takenOver(): boolean {
    return this.taken && this.running;
  }

  typeAsPerson(chars: string): void {
    this.taken = true;
    this.personTyped = true;
    this.write(chars);
  }

  handBack(): void {
    this.taken = false;
    this.resize(terminalSize.columns, terminalSize.rows);
  }

  watch(listener: (text: string) => void): Disposable {
    const before = this.kept.read();
    if (before !== '') listener(before);
    const output = new PacedOutput(listener, () => this.applyBackPressure());
    this.watchers.add(output);
    return toDisposable(() => {
      this.watchers.delete(output);
      output.dispose();
      this.applyBackPressure();
    });
  }

  /** Ends a confined command at once and says why where its output ends; the kernel ends all that it started. */
  endNow(reason: Sentence): void {
    if (!this.running) return;
    this.endReason = reason;
    this.parts.pty.kill('SIGKILL');
  }

  resize(columns: number, rows: number): void {
    if (this.running && columns > 0 && rows > 0) this.parts.pty.resize(columns, rows);
  }

  async take(options: { yieldMs: number; signal: AbortSignal }): Promise<TerminalOutput> {
    const startedAt = performance.now();
    if (this.running && !options.signal.aborted) await this.wait(options);
    const { exitCode } = this;
    const output = this.ring.take(exitCode !== undefined);
    if (exitCode !== undefined) this.parts.onFinished();
    const { personTyped } = this;
    this.personTyped = false;
    return {
      ...output,
      ...(exitCode !== undefined && { exitCode }),
      wallMs: performance.now() - startedAt,
      ...(personTyped && { personTyped }),
    };
  }

  kill(): Promise<void> {
    this.killing ??= this.killAll();
    return this.killing;
  }

  /** Waits for the end, for so many milliseconds, or for the signal. */
  private async wait(options: { yieldMs: number; signal: AbortSignal }): Promise<void> {
    const stop = new AbortController();
    const aborted = whenAborted(options.signal);
    try {
      await Promise.race([
        this.ended.promise,
        aborted.promise,
        delay(options.yieldMs, stop.signal),
      ]);
    } finally {
      endWaits(stop);
      aborted.release();
    }
  }

  /** Daemons outlive their shell, so the tree is swept also where the shell has ended. */
  private async killAll(): Promise<void> {
    const { pty, marker } = this.parts;
    await killTree({ root: pty.pid, marker });
    const stop = new AbortController();
    if (this.running) await Promise.race([this.ended.promise, delay(500, stop.signal)]);
    endWaits(stop);
    // Nothing is left that could end: say so rather than wait for ever.
    if (this.running) this.end(137);
  }

  private receive(chunk: Buffer): void {
    this.ring.push(chunk);
    this.show(chunk);
  }

  /** For people alone; the model reads what is in the ring. */
  private show(chunk: Buffer): void {
    this.kept.push(chunk);
    this.batches.push(chunk);
    for (const watcher of this.watchers) watcher.push(chunk);
  }

  /** A person who watches sees everything, so the command has to wait for them; nobody else slows it down. */
  private applyBackPressure(): void {
    const full = [...this.watchers].some((watcher) => watcher.full);
    if (full === this.paused || !this.running) return;
    this.paused = full;
    if (full) this.parts.pty.pause();
    else this.parts.pty.resume();
  }

  private end(exitCode: number): void {
    if (!this.running) return;
    // A flood may still be read when it was ended, so the reason comes after its last words.
    const { endReason } = this;
    if (endReason) {
      const say = () => l10n.t('[Tandem ended this command: {0}]', endReason());
      this.ring.push(Buffer.from(`\r\n${inEnglish(say)}\r\n`));
      this.show(Buffer.from(`\r\n${say()}\r\n`));
    }
    this.batches.flush();
    for (const watcher of this.watchers) watcher.flush();
    this.exitCode = exitCode;
    this.ended.resolve();
    this.exit.fire(exitCode);
    this.data.dispose();
    this.exit.dispose();
  }
}
