/** What one path is inside the sandbox; all paths are absolute. */
export type Mount =
  /** What is there outside, or at `from`; nothing in it can be changed. */
  | { readonly kind: 'read'; readonly path: string; readonly from?: string }
  /** What is there outside, or at `from`, and what is written stays. */
  | { readonly kind: 'write'; readonly path: string; readonly from?: string }
  /** An empty folder. */
  | { readonly kind: 'empty'; readonly path: string }
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
  const closed = ordered.filter(({ kind }) => kind === 'empty' || kind === 'processes');
  return [
    ...ordered.flatMap(argumentsOf),
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
      return ['--perms', '0700', '--tmpfs', mount.path];
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
