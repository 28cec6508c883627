import type { Disposable } from '../base/disposable';
import type { Subscribe } from '../base/emitter';
import type { ItemId } from '../protocol/ids';
import type { Confinement } from './sandbox';

/** A command to run in a pseudo-terminal. */
export interface TerminalSpec {
  /** One line for the shell, run as `<shell> -c <command>`. */
  readonly command: string;
  /** Absolute folder. */
  readonly cwd: string;
  /** A shell other than the person's own. */
  readonly shell?: string;
  /** Runs the shell as a login shell. */
  readonly login?: boolean;
  /** True for programs that want a real terminal: colours, cursor movement, prompts. */
  readonly tty: boolean;
  /** What the command may reach; everything that the person may where absent. */
  readonly confinement?: Confinement;
  /** The item that shows the command. */
  readonly itemId?: ItemId;
}

/** What a command printed since it was last asked. */
export interface TerminalOutput {
  /** Raw text, escape sequences and all; a gap in the middle is marked where the ring was full. */
  readonly text: string;
  /** Bytes that fell out of the middle because the ring holds 1 MiB. */
  readonly omittedBytes: number;
  /** Absent while the command runs. A command killed by a signal ends as 128 + its number. */
  readonly exitCode?: number;
  /** Milliseconds since this call to `take` began. */
  readonly wallMs: number;
  /** Present where the person typed into it since the last call. */
  readonly personTyped?: true;
}

/** One running or finished command. */
export interface Terminal {
  /** The session id the model uses to come back to it. */
  readonly id: number;
  readonly command: string;
  /** The item that shows it. */
  readonly itemId?: ItemId;
  /** True where it runs inside the sandbox. */
  readonly confined: boolean;
  /** Each chunk as it arrives, in order. */
  readonly onData: Subscribe<string>;
  /** Fires once, after the last data. */
  readonly onExit: Subscribe<number>;
  readonly running: boolean;
  /** Types into the terminal on behalf of the agent. */
  write(chars: string): void;
  /** True from the first key the person typed until they hand it back; the agent is not to type meanwhile. */
  readonly takenOver: boolean;
  /** Types what the person typed, which takes the terminal over. */
  typeAsPerson(chars: string): void;
  /** Gives the terminal back to the agent, in the size it had. */
  handBack(): void;
  /**
   * Shows the terminal to a person: the beginning and the end of what it printed so far, then everything. The command
   * waits while more comes than can be drawn; what is left when it ends comes before `onExit`.
   */
  watch(listener: (text: string) => void): Disposable;
  resize(columns: number, rows: number): void;
  /**
   * Waits until the command ends, `yieldMs` pass, or the signal aborts, and hands over what was printed since the
   * last call.
   */
  take(options: {
    readonly yieldMs: number;
    readonly signal: AbortSignal;
  }): Promise<TerminalOutput>;
  /** Ends the whole process tree: first politely, then for sure. Resolves when it is gone. */
  kill(): Promise<void>;
}

/** All commands of one thread. */
export interface Terminals {
  /**
   * Starts a command.
   * @throws Error with a message for the model where the folder or the shell cannot be used, or where the command
   * cannot be confined as it is to be; nothing runs then.
   */
  open(spec: TerminalSpec): Promise<Terminal>;
  /** A command that still runs, or ended and was not yet asked for its last words. */
  get(id: number): Terminal | undefined;
  /** Name of the shell, such as `bash`, for the environment context. */
  readonly shellName: string;
  /** The commands that run now, oldest first. */
  readonly running: readonly Terminal[];
  /** Kills everything that still runs. */
  killAll(): Promise<void>;
}
