/** What one path is inside the sandbox; all paths are absolute. */
export type Mount =
  /** What is there outside, or at `from`; nothing in it can be changed. */
  | { readonly kind: 'read'; readonly path: string; readonly from?: string }
  /** What is there outside, or at `from`, and what is written stays. */
  | { readonly kind: 'write'; readonly path: string; readonly from?: string }
  /** An empty folder; `from` is one outside. */
  | { readonly kind: 'empty'; readonly path: string; readonly from: string }
  /** A fresh `/dev` with the terminal and the harmless devices. */
  | { readonly kind: 'devices'; readonly path: string }
  /**
   * A fresh `/proc` that knows the sandbox's own processes only. It is read-only, since the kernel lets whoever has
   * root's number turn its switches, without any capability, and some of them start programs outside.
   */
  | { readonly kind: 'processes'; readonly path: string };

/**
 * Mounts as arguments of bubblewrap. What lies deeper comes later, so that it counts wherever the caller put it in the
 * list; of two on one path the later counts.
 */
export function mountArguments(mounts: readonly Mount[]): string[] {
  const byPath = new Map(mounts.map((mount) => [mount.path, mount]));
  const ordered = [...byPath.values()].sort((one, other) => depth(one.path) - depth(other.path));
  const isRoom = (mount: Mount) =>
    mount.kind === 'empty' &&
    ordered.some(({ path }) => path !== mount.path && isWithin(mount.path, path));
  const closed = ordered.filter((mount) => isRoom(mount) || mount.kind === 'processes');
  return [
    // Where something lies in an empty folder it needs a file system of its own; without it takes a third of the time.
    ...ordered.flatMap((mount) =>
      isRoom(mount) ? ['--perms', '0700', '--tmpfs', mount.path] : argumentsOf(mount),
    ),
    // Last, because what lies deeper first needs its place made in there.
    ...closed.flatMap(({ path }) => ['--remount-ro', path]),
  ];
}

function argumentsOf(mount: Mount): string[] {
  switch (mount.kind) {
    case 'read':
      return ['--ro-bind', mount.from ?? mount.path, mount.path];
    case 'write':
      return ['--bind', mount.from ?? mount.path, mount.path];
    case 'empty':
      return ['--ro-bind', mount.from, mount.path];
    case 'devices':
      return ['--dev', mount.path];
    case 'processes':
      return ['--proc', mount.path];
  }
}

function depth(path: string): number {
  return path.split('/').filter((segment) => segment !== '').length;
}

/** True where `path` is `folder` or lies in it; both absolute and free of `..`. */
export function isWithin(folder: string, path: string): boolean {
  return path === folder || folder === '/' || path.startsWith(`${folder}/`);
}
