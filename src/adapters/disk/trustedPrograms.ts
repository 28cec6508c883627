import { lstat, readdir, readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrustedPrograms } from '../../ports/trustedPrograms';

/** Folders of programs, seen from the workspace and from each of its packages. */
const programFolders = [
  'node_modules/.bin',
  ...['.venv', 'venv', '.env', 'env'].flatMap((name) => [`${name}/bin`, `${name}/Scripts`]),
  'vendor/bin',
];
/** Where the packages of a workspace usually lie. */
const packageFolders = ['packages', 'apps'];
const maxPackages = 50;
const maxPrograms = 5000;

/** @param root absolute folder of the workspace. */
export function createTrustedPrograms(root: string): TrustedPrograms {
  let last: Promise<ProgramStamps> | undefined;
  return {
    async replaced() {
      const [before, now] = [last, readPrograms(root)];
      last = now;
      const [known, stamps] = await Promise.all([before, now]);
      return [...(known ?? [])]
        .filter(([path, stamp]) => (stamps.get(path) ?? stamp) !== stamp)
        .map(([path]) => path);
    },
  };
}

/** Programs by their path, each with what tells whether it is another one by now. */
type ProgramStamps = ReadonlyMap<string, string>;

async function readPrograms(root: string): Promise<ProgramStamps> {
  const places = ['.', ...(await packagesIn(root))];
  const folders = places.flatMap((place) => programFolders.map((name) => join(place, name)));
  const paths = (await Promise.all(folders.map((folder) => programsIn(root, folder)))).flat();
  const kept = paths.slice(0, maxPrograms);
  const stamps = await Promise.all(kept.map((path) => stampOf(join(root, path))));
  return new Map(kept.map((path, index) => [path, stamps[index] ?? 'gone']));
}

async function packagesIn(root: string): Promise<readonly string[]> {
  const found = packageFolders.map(async (folder) =>
    (await namesIn(join(root, folder))).map((name) => join(folder, name)),
  );
  return (await Promise.all(found)).flat().slice(0, maxPackages);
}

async function programsIn(root: string, folder: string): Promise<readonly string[]> {
  return (await namesIn(join(root, folder))).map((name) => join(folder, name));
}

function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}

/** Where a link leads counts, and the file there; setting the times back hides nothing, for `ctime` cannot be set. */
async function stampOf(path: string): Promise<string> {
  try {
    const info = await lstat(path);
    const target = info.isSymbolicLink() ? await readlink(path) : '';
    const { dev, ino, size, mtimeMs, ctimeMs, mode } = await stat(path);
    return [target, dev, ino, size, mtimeMs, ctimeMs, mode].join(':');
  } catch {
    return 'gone';
  }
}
