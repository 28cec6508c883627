/** What a Seatbelt profile is made of; all paths absolute, links resolved. */
export interface SeatbeltShape {
  /** May be written, with all below. */
  readonly writable: readonly string[];
  /** Within those, must not be changed, created or renamed. */
  readonly protected: readonly string[];
  /** Must not be read or written. */
  readonly hidden: readonly string[];
}

/**
 * A profile for macOS' `sandbox-exec`: nothing is allowed but what is named, and of rules that fit the last one counts.
 * Programs may run, read what is not hidden, write where they may, use the terminal, and talk to themselves on the
 * loopback; there is no network and no socket of another program.
 */
export function seatbeltProfile(shape: SeatbeltShape): string {
  return [
    '(version 1)',
    '(deny default)',
    '(allow process-exec process-fork)',
    '(allow signal process-info* (target same-sandbox))',
    '(allow sysctl-read)',
    '(allow ipc-posix-sem ipc-posix-shm)',
    '(allow mach-lookup (global-name "com.apple.system.opendirectoryd.libinfo"))',
    '(allow pseudo-tty)',
    '(allow file-read* file-test-existence)',
    '(allow file-ioctl file-write-data file-read* (regex #"^/dev/(tty.*|fd/.*|null|zero|u?random|ptmx)$"))',
    ...shape.writable.map((path) => `(allow file-write* (subpath ${quoted(path)}))`),
    ...shape.protected.map((path) => `(deny file-write* (subpath ${quoted(path)}))`),
    // Renaming a folder above would move what is protected out of the way.
    ...foldersAbove(shape).map((path) => `(deny file-write-unlink (literal ${quoted(path)}))`),
    ...shape.hidden.map((path) => `(deny file-read* file-write* (subpath ${quoted(path)}))`),
    '(allow network* (local ip "localhost:*"))',
    '(allow network-outbound (remote ip "localhost:*"))',
    '(deny network* (local unix))',
    '(deny network-outbound (remote unix))',
    '',
  ].join('\n');
}

/** The folders between what is writable and what is protected in it. */
function foldersAbove({ writable, protected: guarded }: SeatbeltShape): string[] {
  const above = guarded.flatMap((path) => {
    const root = writable.find((folder) => path.startsWith(`${folder}/`));
    if (root === undefined) return [];
    const names = path.slice(root.length + 1).split('/');
    return names.map((_, index) => [root, ...names.slice(0, index)].join('/'));
  });
  return [...new Set(above)];
}

/** A string of the profile's language. */
function quoted(path: string): string {
  return `"${path.replace(/["\\]/g, '\\$&')}"`;
}
