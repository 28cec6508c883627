import type { ProgramStart } from '../../ports/sandbox';

/** The shell that opens files for bubblewrap and sets limits; of the system, like bubblewrap itself. */
const shell = '/bin/sh';
const envProgram = '/usr/bin/env';

/**
 * Opens the filter and the arguments as descriptors, which a pseudo-terminal cannot hand over. Bubblewrap ignores
 * Ctrl-C and Ctrl-\\: it would die of them, and take with it a program that wants to clean up.
 */
const run = 'b=$1 f=$2 a=$3; shift 3; exec "$b" --seccomp 3 --args 4 -- "$@" 3<"$f" 4<"$a"';

/** How a confined program is started. */
export interface Launch {
  /** Absolute path of bubblewrap. */
  readonly bubblewrap: string;
  /** File with the filter's instructions. */
  readonly filterFile: string;
  /** File with bubblewrap's arguments, separated by NUL. */
  readonly argumentsFile: string;
  readonly limits: Limits;
  /** Whether `env` of this system can make the program hear Ctrl-C again that bubblewrap ignores. */
  readonly resetsSignals: boolean;
}

/** What each confined command may use at most. */
export interface Limits {
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
  const { bubblewrap, filterFile, argumentsFile } = launch;
  return {
    file: shell,
    args: [
      '-c',
      launch.resetsSignals ? `trap '' INT QUIT; ${run}` : run,
      ...[shell, bubblewrap, filterFile, argumentsFile],
      ...insideCommand(program, launch),
    ],
  };
}

/**
 * The program with its limits. They are set inside, where only its own processes count, and it volunteers to be what
 * the kernel ends first when memory runs out, before the editor.
 */
function insideCommand(
  program: Pick<ProgramStart, 'file' | 'args'>,
  { limits, resetsSignals }: Pick<Launch, 'limits' | 'resetsSignals'>,
): string[] {
  const { processes, fileBytes } = limits;
  const prologue = [
    // Shells name this one differently.
    `ulimit -u ${processes} 2>/dev/null || ulimit -p ${processes} 2>/dev/null`,
    `ulimit -f ${Math.floor(fileBytes / 512)} 2>/dev/null`,
    'echo 1000 2>/dev/null >/proc/self/oom_score_adj',
    'exec "$@"',
  ].join('; ');
  const reset = resetsSignals ? [envProgram, '--default-signal=INT,QUIT'] : [];
  return [shell, '-c', prologue, shell, ...reset, program.file, ...program.args];
}
