/**
 * Paths inside the agent are POSIX style: `/` between segments. Adapters translate for the platform.
 * These functions are pure text, they never look at the disk.
 */

/** Resolves `.` and `..` and double slashes. A relative result never starts with `./`; an empty one is `.`. */
export function normalizePath(path: string): string {
  const absolute = path.startsWith('/');
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') {
      if (kept.length > 0 && kept[kept.length - 1] !== '..') kept.pop();
      else if (!absolute) kept.push('..');
    } else {
      kept.push(segment);
    }
  }
  const joined = kept.join('/');
  if (absolute) return `/${joined}`;
  return joined === '' ? '.' : joined;
}

/** `path` as seen from `base`; an absolute `path` stays as it is. */
export function resolvePath(base: string, path: string): string {
  return normalizePath(path.startsWith('/') ? path : `${base}/${path}`);
}

/**
 * `path` (absolute, or relative to `cwd`) as a path relative to `root`, or `undefined` where it leaves `root`.
 * Compares whole segments, so `/a/app-evil` is not inside `/a/app`.
 */
export function relativeToRoot(root: string, cwd: string, path: string): string | undefined {
  const absolute = resolvePath(cwd, path);
  const folder = normalizePath(root);
  if (absolute === folder) return '.';
  const prefix = folder === '/' ? '/' : `${folder}/`;
  return absolute.startsWith(prefix) ? absolute.slice(prefix.length) : undefined;
}

/** The last segment of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
