import type { Sentence } from '../base/language';
import { ToldError } from '../base/toldError';
import type { HostContact, HostDecidedBy, HostQuestion } from '../protocol/hostContact';
import type { SandboxMode } from '../protocol/turnContext';

/** What a confined command may reach. Everything not named here is out of reach. */
export interface Confinement {
  readonly mode: Exclude<SandboxMode, 'full-access'>;
  /** The thread's folder; absolute. Writable in mode `workspace-write`, but for what gives power over other programs. */
  readonly root: string;
  /** Absolute paths of files and folders that must not be seen; asked for anew for each start. May reject: nothing runs then. */
  readonly hidden?: () => Promise<readonly string[]>;
  /** Absolute paths of files that say what is hidden, as they are once `hidden` has answered: they cannot be changed. */
  readonly hidingFiles?: () => readonly string[];
  /**
   * Commands that name the same loopback share it, so they reach each other's servers; one of its own where absent. It is
   * never that of the machine.
   */
  readonly loopback?: string;
  /** How hosts are reached; none are where absent. */
  readonly network?: NetworkAccess;
  /**
   * Learns of folders that became repositories while the command ran, once the command is over: git outside of the
   * sandbox would run what their hooks and settings say. Must not throw.
   */
  readonly onNewRepositories?: (made: readonly NewRepository[]) => void;
  /**
   * Learns of hooks and settings that a repository names and that came to be while the command ran: they were renamed, so
   * that git obeys them no more. Paths relative to the root. Must not throw.
   */
  readonly onSetAside?: (paths: readonly string[]) => void;
}

/** A folder that a confined command made a repository. */
export interface NewRepository {
  /** Relative to the root of the confinement. */
  readonly folder: string;
  /** True where its settings or hooks named programs: those files were renamed, so that git obeys them no more. */
  readonly disarmed: boolean;
}

/** Which hosts a confined command may reach, and who is asked about the others. */
export interface NetworkAccess {
  /**
   * Domains of the person's setting: `example.com`, `*.example.com` for every name below, `example.com:8443` for another
   * port than 80 and 443, `write:example.com` where it may also be written to. Nothing is allowed where it is empty.
   */
  readonly allowedDomains: readonly string[];
  /** Asks about a host that is not among them; without it such a host is refused. Never rejects. */
  readonly ask?: (question: HostQuestion, signal: AbortSignal) => Promise<HostAnswer>;
  /** Learns of a host that a connection was made to, before anything of it comes in. Must not throw. */
  readonly onReached?: (host: string) => void;
  /** Learns of every try, allowed or not, once it is over. Must not throw. */
  readonly onContact?: (contact: HostContact) => void;
  /** Learns that no host at all can be reached here, and why; the command runs all the same, without a network. */
  readonly onUnavailable?: (reason: string) => void;
}

/** The answer to a question about a host. */
export interface HostAnswer {
  readonly allowed: boolean;
  readonly by: Exclude<HostDecidedBy, 'setting'>;
}

/** A program about to be started. */
export interface ProgramStart {
  /** Absolute path. */
  readonly file: string;
  readonly args: readonly string[];
  /** Absolute folder. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** The same program behind the sandbox: start this instead. */
export interface ConfinedStart extends ProgramStart {
  /** Frees what belongs to this one start; called when the program has ended or could not be started. */
  release(): void;
}

/** The command cannot be confined, so it must not run. The message says why and what to do. */
export class SandboxError extends ToldError {
  override readonly name = 'SandboxError';
}

/** Confines commands by means of the operating system. */
export interface Sandbox {
  /** Why commands cannot be confined here and what to do about it, as last found out; undefined where they can. */
  readonly unavailable: Sentence | undefined;
  /** Finds out whether confining works, by really doing it; quick where nothing changed since. Never rejects. */
  check(): Promise<void>;
  /**
   * How to start a program so that it is confined.
   * @throws SandboxError where that cannot be done; the program must not be started then.
   */
  confine(start: ProgramStart, confinement: Confinement): Promise<ConfinedStart>;
}
