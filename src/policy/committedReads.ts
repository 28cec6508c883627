import { relativeToRoot } from '../base/paths';
import type { Machine } from '../ports/machine';
import type { HiddenNames } from './hiddenReads';
import { gitFolders, pathsTo, type PlacedCommand } from './placedCommands';

/** What tells whether git shows what is hidden. */
export interface CommittedGround {
  readonly root: string;
  readonly machine: Machine;
  readonly hidden?: HiddenNames;
}

/**
 * True where git would show what is hidden as it was committed: a command names it (`HEAD:.env`, `-- .env`), or shows
 * whatever is in the repository while something hidden is. Any word counts, also of what is not known to only read.
 */
export function readsCommitted(
  { words, folders }: PlacedCommand,
  { hidden, machine, root }: CommittedGround,
): boolean {
  const [program, ...others] = words;
  if (program !== 'git' || !hidden) return false;
  // Also where it starts: a word that merely looks like an option may be one of its later ones.
  const places = [...new Set(folders.flatMap((at) => [at, ...gitFolders(others, at)]))];
  const named = others
    .filter((word) => !word.startsWith('-'))
    .flatMap((word) => [word, ...word.split(':').slice(1)])
    .filter((word) => word !== '');
  const placesOf = (names: readonly string[]) =>
    places.flatMap((folder) => names.flatMap((name) => pathsTo(folder, name)));
  if (placesOf(named).some((path) => hidden.isHidden(path))) return true;
  const fromTop = others.flatMap((word) => word.split(':').slice(1)).map(withoutMagic);
  if (
    fromTop.some((path) =>
      placesFromTop(path, places, root).some((place) => hidden.isHidden(place)),
    )
  )
    return true;
  const shown = shownPaths(others);
  if (!shown) return false;
  const searched = shown.length === 0 ? [root] : placesOf(shown);
  const paths = searched.flatMap((place) => hidden.below(place));
  return paths.length > 0 && places.some((folder) => machine.mayTrack(folder, paths));
}

/** `:/src`, `:(top)src`: what stands between the colon and the path. */
function withoutMagic(path: string): string {
  return path.replace(/^(\([^)]*\)|[/!^]+)/, '');
}

/** No root lies deeper in its repository. */
const maxAbove = 32;

/**
 * Where a path from the top of a repository may be: git takes `HEAD:src` so, wherever it works. The top is one of the
 * folders above; where it is above the root, the path begins with the way to that.
 */
function placesFromTop(path: string, folders: readonly string[], root: string): readonly string[] {
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  const tails = segments.slice(0, maxAbove).map((_, at) => segments.slice(at).join('/'));
  const tops = new Set([root, ...folders.flatMap((folder) => foldersAbove(folder, root))]);
  return [...tops].flatMap((top) => tails.map((tail) => `${top}/${tail}`));
}

/** A folder and those above it, up to the root. */
function foldersAbove(folder: string, root: string): readonly string[] {
  const inside = relativeToRoot(root, root, folder);
  if (inside === undefined || inside === '.') return [];
  const segments = inside.split('/');
  return segments.map((_, at) => `${root}/${segments.slice(0, at + 1).join('/')}`);
}

const patch =
  /^(-[a-zA-Z]*[puUWL]|--(patch|unified|cc|word-diff|color-words|function-context|binary))/;

/**
 * Commands of git that show whatever is in a repository, or was ever: whether they do with these arguments. `diff` and
 * `show` tell of one change, and are asked for all day: they count where they name what is hidden.
 */
const showing: Readonly<Record<string, (args: readonly string[]) => boolean>> = {
  log: (args) => args.some((arg) => patch.test(arg)),
  reflog: (args) => args.some((arg) => patch.test(arg)),
  stash: (args) => args.some((arg) => patch.test(arg)),
  grep: (args) =>
    !args.some((arg) => /^(-[^-eABCmfO]*[lLcq]|--(files-with|count|quiet))/.test(arg)),
  'cat-file': (args) => args.some((arg) => /^(-p|blob|--batch)/.test(arg)) && !namesBlob(args),
};

/** `HEAD:src/a.ts` shows that file alone. */
function namesBlob(args: readonly string[]): boolean {
  const operands = args.filter((arg) => !arg.startsWith('-'));
  return operands.length > 0 && operands.every((arg) => /:./.test(arg));
}

/** The paths to which what git shows is kept, none where it is the whole repository; undefined where it shows no file. */
function shownPaths(args: readonly string[]): readonly string[] | undefined {
  const at = args.findIndex((arg, index) => {
    return !arg.startsWith('-') && !['-C', '-c'].includes(args[index - 1] ?? '');
  });
  const [command = '', ...rest] = args.slice(Math.max(at, 0));
  const divider = rest.indexOf('--');
  const paths = divider < 0 ? [] : rest.slice(divider + 1);
  const before = divider < 0 ? rest : rest.slice(0, divider);
  if (!Object.hasOwn(showing, command) || !showing[command]!(before)) return undefined;
  // Signs of patterns make a path mean more than its text.
  return paths.some((path) => /[:*?[]/.test(path)) ? [] : paths;
}
