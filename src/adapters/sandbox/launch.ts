import type { ProgramStart } from '../../ports/sandbox';
import { readOrEmpty } from '../disk/processOwner';

/** The shell that opens files for bubblewrap and sets limits; of the system, like bubblewrap itself. */
const shell = '/bin/sh';
const envProgram = '/usr/bin/env';

/**
 * Opens the filter and the arguments as descriptors, which a pseudo-terminal cannot hand over. Bubblewrap ignores
 * Ctrl-C and Ctrl-\: it would die of them, and take with it a program that wants to clean up.
 */
const run = 'b=$1 f=$2 a=$3; shift 4; exec "$b" --seccomp 3 --args 4 -- "$@" 3<"$f" 4<"$a"';

/** Becomes a member of the group that counts its processes, or does not run. */
const join = '[ -z "$4" ] || echo 0 >"$4" || exit 126';

/** How a confined program is started. */
export interface Launch {
  /** Absolute path of bubblewrap. */
  readonly bubblewrap: string;
  /** File with the filter's instructions. */
  readonly filterFile: string;
  /** File with bubblewrap's arguments, separated by NUL. */
  readonly argumentsFile: string;
  readonly limits: Limits;
  /** See `ProcessGroup.ensure`. */
  readonly groupFile: string | undefined;
  /** Whether `env` of this system can make the program hear Ctrl-C again that bubblewrap ignores. */
  readonly resetsSignals: boolean;
}

/** What each confined command may use at most. */
export interface Limits {
  /** Processes and threads besides those that run already. */
  readonly processes: number;
  /** Size of any one file, in bytes. */
  readonly fileBytes: number;
}

export const usualLimits: Limits = { processes: 4096, fileBytes: 16 * 1024 ** 3 };

/** The command line of a confined program. The environment outside holds nothing that loads code into bubblewrap. */
export function launchOf(
  program: Pick<ProgramStart, 'file' | 'args'>,
  launch: Launch,
): { file: string; args: string[] } {
  const { bubblewrap, filterFile, argumentsFile, limits, groupFile, resetsSignals } = launch;
  return {
    file: shell,
    args: [
      '-c',
      [join, limitsScript(limits), ...(resetsSignals ? ["trap '' INT QUIT"] : []), run].join('; '),
      ...[shell, bubblewrap, filterFile, argumentsFile, groupFile ?? ''],
      ...(resetsSignals ? [envProgram, '--default-signal=INT,QUIT'] : []),
      ...[program.file, ...program.args],
    ],
  };
}

/**
 * The limits every process of the command inherits. It also volunteers to be what the kernel ends first when memory
 * runs out, before the editor.
 */
function limitsScript({ processes, fileBytes }: Limits): string {
  // The kernel counts all processes of the person, in some versions also those outside.
  const most = processes + countTasks();
  return [
    // Shells name this one differently.
    `ulimit -u ${most} 2>/dev/null || ulimit -p ${most} 2>/dev/null`,
    `ulimit -f ${Math.floor(fileBytes / 512)} 2>/dev/null`,
    'echo 1000 2>/dev/null >/proc/self/oom_score_adj',
  ].join('; ');
}

/** Processes and threads of this machine, as the kernel counts them; 0 where it does not say. */
export function countTasks(): number {
  return Number(/\/(\d+) /.exec(readOrEmpty('/proc/loadavg'))?.[1] ?? 0);
}
