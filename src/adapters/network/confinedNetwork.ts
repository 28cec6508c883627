import { errorMessage } from '../../base/errorMessage';
import type { NetworkAccess, ProgramStart } from '../../ports/sandbox';
import { openCommandProxy, type CommandProxy } from './commandProxy';
import type { Dialing } from './dialHost';
import { SharedLoopback, type LoopbackPrograms } from './sharedLoopback';

export interface ConfinedNetworkOptions {
  /** What a loopback is made with. @throws Error where something is missing. */
  readonly programs: () => LoopbackPrograms;
  /** Tries a loopback with a program that does nothing; answers why it does not work. */
  readonly tryOut: (loopback: SharedLoopback) => Promise<string | undefined>;
  /** Where hosts are looked up and dialled otherwise than by the system; for tests. */
  readonly dialing?: Dialing;
  /** How long a loopback that nobody uses is kept, where that differs from the usual. */
  readonly keptMs?: number;
}

/** The network of one confined command. */
export interface CommandNetwork {
  /** The variables of its program, with those that lead to hosts where it may reach any. */
  environment(own: Readonly<Record<string, string>>): Readonly<Record<string, string>>;
  /** The start of the confined program in its network; that one must keep the namespace it is started in. */
  join(confined: Pick<ProgramStart, 'file' | 'args'>): Pick<ProgramStart, 'file' | 'args'>;
  /** The command has ended; what goes through its proxy ends. */
  release(): void;
}

/** A loopback that nobody uses is kept for so long: the next command of an agent comes soon, and to start one takes a while. */
const usuallyKeptMs = 60_000;

interface KeptLoopback {
  readonly opening: Promise<SharedLoopback>;
  users: number;
  timer?: NodeJS.Timeout;
}

/**
 * Networks of confined commands, tried out before the first. Commands that name the same loopback share it, so a server
 * that one started answers the others. Where none can be made, which some systems forbid, commands run with a loopback
 * of their own and no way to hosts: that is safe, and is said.
 */
export class ConfinedNetwork {
  private readonly loopbacks = new Map<string, KeptLoopback>();
  private trying: Promise<string | undefined> | undefined;
  /** What the test let through. */
  private refuted: string | undefined;

  constructor(private readonly options: ConfinedNetworkOptions) {}

  /**
   * Undefined where the command is to have nothing but a loopback of its own. Never rejects.
   * @param name of the loopback
   * @param access how hosts are reached; none are where absent
   */
  async open(name: string, access: NetworkAccess | undefined): Promise<CommandNetwork | undefined> {
    const isKept = this.loopbacks.has(name);
    const kept = this.take(name);
    let proxy: CommandProxy | undefined;
    try {
      const loopback = await kept.opening;
      if (access) proxy = await openCommandProxy(access, loopback, this.options.dialing);
      return {
        environment: (own) => proxy?.environment(own) ?? own,
        join: (confined) => loopback.join(confined),
        release: () => {
          proxy?.close();
          this.give(name, kept);
        },
      };
    } catch (error) {
      kept.users -= 1;
      this.retire(name, kept);
      // Its holder may have ended meanwhile.
      if (isKept) return this.open(name, access);
      access?.onUnavailable?.(errorMessage(error));
      return undefined;
    }
  }

  /** Closes all; commands that still run keep their loopback, without a way to hosts. */
  dispose(): void {
    for (const [name, kept] of this.loopbacks) {
      this.retire(name, kept);
      closeLoopback(kept);
    }
  }

  private take(name: string): KeptLoopback {
    const known = this.loopbacks.get(name);
    const kept = known ?? { opening: this.openLoopback(), users: 0 };
    clearTimeout(kept.timer);
    kept.users += 1;
    this.loopbacks.set(name, kept);
    return kept;
  }

  private give(name: string, kept: KeptLoopback): void {
    kept.users -= 1;
    if (kept.users > 0) return;
    if (this.loopbacks.get(name) !== kept) return closeLoopback(kept);
    const { keptMs = usuallyKeptMs } = this.options;
    kept.timer = setTimeout(() => this.retire(name, kept), keptMs).unref();
  }

  /** What does not work is not started again. @throws Error where none can be made, or it did not stand the test. */
  private async openLoopback(): Promise<SharedLoopback> {
    if (this.refuted !== undefined) throw new Error(this.refuted);
    const loopback = await SharedLoopback.open(this.options.programs());
    this.trying ??= this.options.tryOut(loopback).catch(errorMessage);
    this.refuted = await this.trying;
    if (this.refuted === undefined) return loopback;
    loopback.close();
    throw new Error(this.refuted);
  }

  /** The next command has a new one; this one is closed once nobody is about to join it. */
  private retire(name: string, kept: KeptLoopback): void {
    clearTimeout(kept.timer);
    if (this.loopbacks.get(name) === kept) this.loopbacks.delete(name);
    if (kept.users === 0) closeLoopback(kept);
  }
}

function closeLoopback({ opening }: KeptLoopback): void {
  void opening.then(
    (loopback) => loopback.close(),
    () => undefined,
  );
}
