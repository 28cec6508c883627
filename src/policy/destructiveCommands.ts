import * as l10n from '@vscode/l10n';
import { baseName, relativeToRoot } from '../base/paths';
import type { Machine } from '../ports/machine';
import { foldersMet } from './foldersMet';
import { checksOutFiles } from './gitCheckouts';
import { bareCommand, seenCommands, type SeenCommand } from './seenCommands';
import type { SeenWord } from './seenWord';
import { pathsTo } from './placedCommands';
import { wordsFromText } from './shellText';

/** What a line destroys, found in its syntax, or in its text where it cannot be parsed. */
export interface Destruction {
  /** True for what may not come back: it asks even where others do not. */
  readonly destructive: boolean;
  /** True where all it destroys are folders that a build or an install makes again. */
  readonly rebuildable: boolean;
  /** Why nobody may run it at all, as a sentence; undefined where it may be asked about. */
  readonly forbidden: string | undefined;
  /** Every command that can be seen in the line; undefined where some may be missing. */
  readonly seen: readonly SeenCommand[] | undefined;
}

/** No shell takes more in one line; what is longer cannot run and is not searched. */
const maxSearched = 128 * 1024;

/**
 * @param root absolute folder; @param cwd absolute folder the line starts in.
 * @param machine tells which words name files; none does where absent.
 */
export function destructionOf(
  line: string,
  root: string,
  cwd: string,
  machine?: Pick<Machine, 'realPath'>,
): Destruction {
  const seen = seenCommands(line);
  const commands = seen ?? commandsInText(line);
  if (!commands) return { destructive: true, rebuildable: false, forbidden: undefined, seen };
  const exists = (path: string) => machine?.realPath(path) !== null;
  const { folders, areAll } = foldersMet(commands, cwd, exists);
  const isThere = (path: string) =>
    !areAll || folders.some((folder) => pathsTo(folder, path).some(exists));
  const harmful = commands.filter((command) => destroys(command, machine ? isThere : () => false));
  return {
    seen,
    destructive: harmful.length > 0,
    rebuildable:
      seen !== undefined && harmful.every((command) => isRebuildable(command, root, cwd)),
    forbidden: isForkBomb(line)
      ? l10n.t('It starts itself without end.')
      : commands.map(forbidden).find((reason) => reason !== undefined),
  };
}

/** What may be a command in a line that cannot be parsed; undefined where that is too much. */
function commandsInText(line: string): readonly SeenCommand[] | undefined {
  if (line.length > maxSearched) return undefined;
  const found = wordsFromText(line, isOfInterest);
  return found?.map((words) => ({ ...bareCommand, words, wrapped: true }));
}

type Args = readonly SeenWord[];
type IsThere = (path: string) => boolean;

const has = (args: Args, ...options: readonly string[]): boolean =>
  args.some((arg) => arg !== undefined && options.includes(arg));

/** Whether joined short options (`-fdx`) hold one of these letters. */
const hasLetter = (args: Args, letters: RegExp): boolean =>
  args.some((arg) => arg !== undefined && /^-[a-zA-Z0-9]/.test(arg) && letters.test(arg));

/** Deletion by force or of whole trees, thrown-away git work, overwritten disks and remotes. */
const destroyers: Readonly<Record<string, (args: Args, isThere: IsThere) => boolean>> = {
  rm: (args) =>
    hasLetter(args, /[rRf]/) || has(args, '--recursive', '--force', '--no-preserve-root'),
  rmdir: () => false,
  find: (args) =>
    has(args, '-delete') ||
    args.some((arg, index) => /^-(exec|ok)(dir)?$/.test(arg ?? '') && isDeleter(args[index + 1])),
  git: gitDestroys,
  shred: () => true,
  wipefs: () => true,
  dd: (args) => args.length > 0,
  truncate: (args) => args.length > 0,
  rsync: (args) => args.some((arg) => arg?.startsWith('--delete')),
  terraform: (args) => has(args, 'destroy'),
  kubectl: (args) => has(args, 'delete'),
  docker: (args) => has(args, 'prune') || (has(args, 'volume') && has(args, 'rm')),
  dropdb: () => true,
};

function isDeleter(word: SeenWord): boolean {
  return word === undefined || ['rm', 'shred', 'unlink', 'truncate'].includes(baseName(word));
}

/** Options of git that stand before the subcommand and take a word. */
const gitOptionsWithWord = new Set([
  '-C',
  '-c',
  '--git-dir',
  '--work-tree',
  '--namespace',
  '--exec-path',
]);

function gitDestroys(args: Args, isThere: IsThere): boolean {
  let index = 0;
  while (args[index]?.startsWith('-')) index += gitOptionsWithWord.has(args[index]!) ? 2 : 1;
  const subcommand = args[index];
  const rest = args.slice(index + 1);
  switch (subcommand) {
    case 'reset':
      return has(rest, '--hard', '--merge', '--keep');
    case 'clean':
      return hasLetter(rest, /[fdxX]/) || has(rest, '--force');
    case 'push':
      return (
        hasLetter(rest, /[fd]/) ||
        rest.some((arg) => arg === undefined || /^(--(force|mirror|delete|prune)|[+:])/.test(arg))
      );
    case 'checkout':
      return (
        has(rest, '--', '.', '--force', './') ||
        hasLetter(rest, /f/) ||
        checksOutFiles(rest, isThere)
      );
    case 'switch':
      return has(rest, '--force', '--discard-changes') || hasLetter(rest, /f/);
    case 'restore':
      return !has(rest, '--staged', '-S') || has(rest, '--worktree', '-W');
    case 'stash':
      return has(rest, 'drop', 'clear');
    case 'branch':
      return hasLetter(rest, /D/) || (has(rest, '--force', '-f') && rest.length > 1);
    case 'rm':
      return hasLetter(rest, /f/) || has(rest, '--force');
    case 'worktree':
      return has(rest, 'remove') && has(rest, '--force', '-f');
    case 'reflog':
      return has(rest, 'expire', 'delete');
    case 'update-ref':
      return has(rest, '-d', '--delete');
    case 'filter-branch':
    case 'filter-repo':
      return true;
    default:
      return false;
  }
}

function destroyerOf(word: SeenWord): ((args: Args, isThere: IsThere) => boolean) | undefined {
  if (word === undefined) return undefined;
  const name = baseName(word);
  if (name.startsWith('mkfs')) return () => true;
  return Object.hasOwn(destroyers, name) ? destroyers[name] : undefined;
}

function isOfInterest(word: string): boolean {
  return destroyerOf(word) !== undefined;
}

function destroys({ words: [program, ...args], unclear }: SeenCommand, isThere: IsThere): boolean {
  return unclear || (destroyerOf(program)?.(args, isThere) ?? false);
}

/** Names of folders that builds and installs make. */
const rebuildableNames = new Set(
  (
    'node_modules dist build out target coverage .next .nuxt .svelte-kit .turbo .cache .parcel-cache .vite .angular ' +
    '.output .nyc_output __pycache__ .pytest_cache .mypy_cache .ruff_cache .tox .gradle .eggs htmlcov storybook-static'
  ).split(' '),
);

/** `rm -rf dist node_modules`: literal names of such folders inside the root. */
function isRebuildable({ words, wrapped, unclear }: SeenCommand, root: string, cwd: string) {
  const [program, ...args] = words;
  if (program !== 'rm' || wrapped || unclear) return false;
  const operands = args.filter((arg) => !arg?.startsWith('-'));
  return (
    operands.length > 0 &&
    operands.every((path) => path !== undefined && isBuildFolder(path, root, cwd))
  );
}

function isBuildFolder(path: string, root: string, cwd: string): boolean {
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (segments.includes('..') || /[*?[]/.test(path) || /(^|\/)\.git(\/|$)/i.test(path))
    return false;
  const inside = relativeToRoot(root, cwd, path);
  return inside !== undefined && inside !== '.' && rebuildableNames.has(segments.at(-1) ?? '');
}

const disk = /^\/dev\/(sd|hd|vd|xvd|nvme|mmcblk|disk|rdisk|mapper\/|md\d)/;

/** What nobody wants to happen, whoever asks for it. */
function forbidden({ words, targets }: SeenCommand): string | undefined {
  const [program, ...args] = words;
  if (targets.some((target) => disk.test(target))) return l10n.t('It overwrites a disk.');
  if (program === undefined) return undefined;
  const name = baseName(program);
  const everything = args.some((arg) => arg !== undefined && /^\/+\.?(\/*\*)?$/.test(arg));
  if (name === 'rm' && destroyerOf(name)?.(args, () => false) && everything) {
    return l10n.t('It deletes the whole file system.');
  }
  if (has(args, '--no-preserve-root') && name === 'rm')
    return l10n.t('It deletes the whole file system.');
  const onDisk = args.some((arg) => arg !== undefined && disk.test(arg.replace(/^of=/, '')));
  const writesDisk = name.startsWith('mkfs') || ['dd', 'shred', 'wipefs'].includes(name);
  return writesDisk && onDisk && !args.some((arg) => arg?.startsWith('of=/dev/null'))
    ? l10n.t('It overwrites a disk.')
    : undefined;
}

/** A function whose body starts it twice in the background. */
function isForkBomb(line: string): boolean {
  return /([\w:]{1,20})\s{0,5}\(\s{0,5}\)\s{0,5}\{\s{0,5}\1\s{0,5}\|\s{0,5}\1\s{0,5}&/.test(line);
}
