import { lstatSync, readdirSync, type Dirent } from 'node:fs';
import { join, relative } from 'node:path';
import type { NewRepository } from '../../ports/sandbox';
import { obeyedNames } from '../../protocol/obeyedNames';
import { disarmRepository } from './disarmRepository';
import { linkError } from './linkError';
import { isWithin } from './mounts';
import { isBare, repositoryPlaces } from './repositoryPlaces';

/** Names at the top of a workspace that cannot even be made: what obeys them does so unasked as soon as they exist. */
const obeyedOnceMade = [
  ...['.git', '.vscode', '.idea', '.devcontainer', '.devcontainer.json', '.husky', '.cursor'],
  ...['.envrc', '.mcp.json', '.tandem', '.tandemignore'],
];

/** Folders looked into for repositories of their own; more are rare, and each costs time before every command. */
const maxFoldersSearched = 300;

/** What of a workspace a command must not change, though it may write all around it. Absolute paths. */
export interface ProtectedPlaces {
  /** Are there: read-only inside. */
  readonly existing: readonly string[];
  /** Are not there, and must not come to be. */
  readonly missing: readonly string[];
  /** Folders below the root that are repositories; see `disarmNewRepositories`. */
  readonly repositories: readonly string[];
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
    const unasked = obeyedOnceMade.includes(name) || name.endsWith('.code-workspace');
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
  const places = [...near.flatMap(repositoryPlaces), ...deep.flatMap(placesIfPlain)];
  existing.push(...places.filter((path) => isWithin(root, path)));
  const missing = obeyedOnceMade.filter((name) => !entries.has(name));
  return {
    existing: [...new Set(existing)].filter((path) => path !== root),
    missing: missing.map((name) => join(root, name)),
    repositories: repositories.slice(1),
  };
}

/** A repository deep down that links lead through, such as one that tests come with, must not stop every command. */
function placesIfPlain(folder: string): string[] {
  try {
    return repositoryPlaces(folder);
  } catch {
    return [];
  }
}

/**
 * Finds repositories in the first two levels that are not among the `known`, and takes away what they would make git
 * run outside of the sandbox.
 */
export function disarmNewRepositories(
  root: string,
  known: readonly string[],
): readonly NewRepository[] {
  return nestedRepositories(root, readFolder(root))
    .filter(({ folder }) => !known.includes(folder))
    .map(({ folder }) => ({ folder: relative(root, folder), disarmed: disarmRepository(folder) }));
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

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
