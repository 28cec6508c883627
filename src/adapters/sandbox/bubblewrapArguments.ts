import { mountArguments, type Mount } from './mounts';

/** What a sandbox is made of. */
export interface SandboxShape {
  readonly mounts: readonly Mount[];
  /** All that the program finds in its environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Absolute folder the program starts in. */
  readonly cwd: string;
  /** `none` is a network of its own with nothing in it but loopback, `joined` the one it is started in. */
  readonly network: 'none' | 'joined';
}

/**
 * The arguments of bubblewrap up to the program: namespaces, mounts, environment. They hold the values of variables,
 * so they belong into a file (`--args`), not onto a command line that every user of the machine can read.
 */
export function bubblewrapArguments(shape: SandboxShape): string[] {
  return [
    ...namespaceArguments(shape.network),
    ...mountArguments(shape.mounts),
    ...environmentArguments(shape.env),
    '--chdir',
    shape.cwd,
  ];
}

/**
 * Everything of its own that the kernel offers, no capability even for root, and an end with whoever started it. There
 * is no `--new-session`: Ctrl-C must reach the program; typing into the terminal is stopped by the filter instead.
 */
export function namespaceArguments(network: SandboxShape['network']): string[] {
  return [
    ...['--unshare-user', '--unshare-pid', '--unshare-ipc', '--unshare-uts'],
    '--unshare-cgroup-try',
    ...(network === 'none' ? ['--unshare-net'] : []),
    ...['--die-with-parent', '--cap-drop', 'ALL'],
  ];
}

export function environmentArguments(env: Readonly<Record<string, string>>): string[] {
  return [
    '--clearenv',
    ...Object.entries(env).flatMap(([name, value]) => ['--setenv', name, value]),
  ];
}

/** As bubblewrap reads them from a descriptor. */
export function nulSeparated(args: readonly string[]): Buffer {
  return Buffer.from(args.map((arg) => `${arg}\0`).join(''));
}
