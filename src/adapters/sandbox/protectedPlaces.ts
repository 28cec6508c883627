import { lstatSync, readdirSync, type Dirent } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Confinement, NewRepository } from '../../ports/sandbox';
import { closedNames, obeyedNames } from '../../protocol/obeyedNames';
import { identityOf } from '../disk/knownFiles';
import { disarmRepository, isThere, setAside } from './disarmRepository';
import { linkError } from './linkError';
import { isWithin } from './mounts';
import { isBare, repositoryPlaces, type RepositoryPlaces } from './repositoryPlaces';

/**
 * Names at the top of a workspace that must not be links, which could be pointed elsewhere: nothing runs where one is.
 * Only few cannot be made (`closedNames`), since what is in the way of that can be seen outside; the others are taken
 * back after the command (`threads/quarantine.ts`).
 */
const obeyedUnasked = [
  ...[...closedNames, '.devcontainer', '.devcontainer.json', '.husky', '.cursor'],
  ...['.envrc', '.mcp.json', '.tandem', '.tandemignore'],
];

/** Folders looked into for repositories of their own; more are rare, and each costs time before every command. */
const maxFoldersSearched = 300;

/** What of a workspace a command must not change, though it may write all around it. Absolute paths. */
export interface ProtectedPlaces {
  /** Are there: read-only inside. */
  readonly existing: readonly string[];
  /** Folders that hold one of them deeper down: what is in there may change, but they may not be moved. */
  readonly fixed: readonly string[];
  /** Are not there, and must not come to be. */
  readonly missing: readonly string[];
  /** What git obeys, as it was found; see `disarmWhatCame`. */
  readonly repositories: KnownPlaces;
}

interface KnownPlaces {
  /** Folders below the root that are repositories, and which one is there; see `repositoryAt`. */
  readonly identities: ReadonlyMap<string, string | undefined>;
  /** Hooks and settings that a repository names, and that are not there. */
  readonly absent: readonly string[];
}

/**
 * Finds what gives power over other programs in a workspace; `root` is absolute, its links resolved. `known` are folders
 * below it that are repositories, besides those that are found in its first two levels.
 * @throws SandboxError where one of these is a link: it could be pointed elsewhere, and what it points to changed.
 */
export function findProtectedPlaces(root: string, known: readonly string[] = []): ProtectedPlaces {
  const entries = new Map(readFolder(root).map((entry) => [entry.name, entry]));
  const existing: string[] = [];
  for (const [name, entry] of entries) {
    const unasked = obeyedUnasked.includes(name) || name.endsWith('.code-workspace');
    if (!unasked && !obeyedNames.includes(name.toLowerCase())) continue;
    const path = join(root, name);
    if (!entry.isSymbolicLink()) existing.push(path);
    else if (unasked) throw linkError(path);
  }
  const nested = nestedRepositories(root, [...entries.values()]);
  const linked = nested.find(({ isLink }) => isLink);
  if (linked) throw linkError(join(linked.folder, '.git'));
  const near = [root, ...nested.map(({ folder }) => folder)];
  const deep = known.filter((folder) => !near.includes(folder));
  const repositories = [...near, ...deep];
  existing.push(...repositories.map((folder) => join(folder, '.git')).filter(isThere));
  const places = [
    ...near.map((folder) => ({ folder, ...repositoryPlaces(folder) })),
    ...deep.map((folder) => ({ folder, ...placesIfPlain(folder) })),
  ];
  const named = places.flatMap((place) => place.existing).filter((path) => isWithin(root, path));
  existing.push(...named);
  const fixed = places.flatMap(({ folder, existing: paths }) => {
    const top = isWithin(root, folder) ? folder : root;
    return paths.flatMap((path) => foldersBetween(top, path));
  });
  const missing = closedNames.filter((name) => !entries.has(name));
  const below = repositories.slice(1);
  return {
    existing: [...new Set(existing)].filter((path) => path !== root),
    fixed: [...new Set(fixed)].filter((path) => !existing.some((place) => isWithin(place, path))),
    missing: missing.map((name) => join(root, name)),
    repositories: {
      identities: new Map(below.map((folder) => [folder, repositoryAt(folder)])),
      absent: places.flatMap(({ absent }) => absent).filter((path) => isWithin(root, path)),
    },
  };
}

/** The folders on the way from one to what lies in it, without both. */
function foldersBetween(top: string, path: string): string[] {
  const above = dirname(path);
  return above === top || !isWithin(top, above) ? [] : [...foldersBetween(top, above), above];
}

/** A repository deep down that links lead through, such as one that tests come with, must not stop every command. */
function placesIfPlain(folder: string): RepositoryPlaces {
  try {
    return repositoryPlaces(folder);
  } catch {
    return { existing: [], absent: [] };
  }
}

/** Which repository is in a folder: another one may take its place. */
function repositoryAt(folder: string): string | undefined {
  const marks = ['.git', 'objects'].map((name) => identityOf(join(folder, name), lstatSync));
  return marks.find((identity) => identity !== undefined);
}

/** What came while a command ran and git would obey outside of the sandbox. Paths are relative to the root. */
export interface CameToBe {
  readonly repositories: readonly NewRepository[];
  /** Hooks and settings that a known repository names; they were renamed. */
  readonly setAside: readonly string[];
}

/**
 * Finds repositories in the first two levels that were not there or are others now, and hooks and settings that were not
 * there, and takes away what they would make git run outside of the sandbox.
 */
export function disarmWhatCame(root: string, { identities, absent }: KnownPlaces): CameToBe {
  const found = nestedRepositories(root, readFolder(root)).map(({ folder }) => folder);
  // One that was moved is the same, and nothing of it could be changed.
  const known = new Set(identities.values());
  const others = [...new Set([...found, ...identities.keys()])].filter((folder) => {
    const identity = repositoryAt(folder);
    return identity !== undefined && !known.has(identity);
  });
  const made = absent.filter(isThere);
  for (const path of made) setAside(path);
  return {
    repositories: others.map((folder) => ({
      folder: relative(root, folder),
      disarmed: disarmRepository(folder),
    })),
    setAside: made.map((path) => relative(root, path)),
  };
}

/** Tells whoever started a command what it left for git to obey. */
export function tellOf({ repositories, setAside: paths }: CameToBe, told: Confinement): void {
  if (repositories.length > 0) told.onNewRepositories?.(repositories);
  if (paths.length > 0) told.onSetAside?.(paths);
}

interface NestedRepository {
  /** Absolute. */
  readonly folder: string;
  /** True where its `.git` is a symbolic link. */
  readonly isLink: boolean;
}

/** Submodules and repositories in the first two levels; a tool that opens a file there runs their hooks. */
function nestedRepositories(root: string, top: readonly Dirent[]): readonly NestedRepository[] {
  const found: NestedRepository[] = [];
  let left = maxFoldersSearched;
  const search = (folder: string, entries: readonly Dirent[], levels: number) => {
    for (const entry of entries) {
      if (!entry.isDirectory() || skipped.has(entry.name) || left <= 0) continue;
      left -= 1;
      const path = join(folder, entry.name);
      const inside = readFolder(path);
      const git = inside.find(({ name }) => name === '.git');
      if (git) found.push({ folder: path, isLink: git.isSymbolicLink() });
      else if (isBare(inside.map(({ name }) => name))) found.push({ folder: path, isLink: false });
      if (levels > 1) search(path, inside, levels - 1);
    }
  };
  search(root, top, 2);
  return found;
}

const skipped = new Set(['.git', 'node_modules']);

function readFolder(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
