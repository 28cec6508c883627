import * as l10n from '@vscode/l10n';
import { relativeToRoot } from '../base/paths';
import type { Machine } from '../ports/machine';
import { mayHoldSecrets } from './protectedPaths';

/** What tells where a path really leads. */
export interface PlaceGround {
  /** Absolute folder the thread may read. */
  readonly root: string;
  /** Where that really lies; see `realRootOf`. */
  readonly realRoot: string;
  readonly machine: Machine;
}

export function realRootOf(root: string, machine: Machine): string {
  return machine.realPath(root) ?? root;
}

export function isInside(root: string, path: string): boolean {
  return relativeToRoot(root, root, path) !== undefined;
}

/**
 * Why a file that a command names is not surely one it may read, each a phrase for people. Judged by the text, and by
 * where it leads: a link inside the folder may point out of it.
 */
export function doubtsAboutFile(file: string, folder: string, ground: PlaceGround): string[] {
  if (relativeToRoot(ground.root, folder, file) === undefined) {
    return [l10n.t('reads outside the folder: {0}', file)];
  }
  // Not made simple: the system follows a link before it takes the `..` behind it.
  return doubtsInside(file.startsWith('/') ? file : `${folder}/${file}`, file, ground);
}

/**
 * The same of a folder that a command runs in, which many read without naming it. What is outside by its text is
 * asked about where it is named.
 */
export function doubtsAboutFolder(folder: string, ground: PlaceGround): string[] {
  const inside = relativeToRoot(ground.root, ground.root, folder);
  return inside === undefined ? [] : doubtsInside(folder, inside, ground);
}

/** Why a path that is inside the root by its text does not stay there, or why that cannot be told. */
export function leadsOutside(
  path: string,
  shown: string,
  { machine, realRoot }: PlaceGround,
): string | undefined {
  const real = machine.realPath(path);
  if (real === null) return undefined;
  if (real === undefined) return l10n.t('cannot tell where {0} leads', shown);
  return isInside(realRoot, real)
    ? undefined
    : l10n.t('{0} leads outside the folder, to {1}', shown, real);
}

/** True where a word names a file or a folder that is there and inside, by its text and by where it leads. */
export function isPlainlyHere(
  word: string,
  folder: string,
  { root, machine }: Omit<PlaceGround, 'realRoot'>,
): boolean {
  if (relativeToRoot(root, folder, word) === undefined) return false;
  const real = machine.realPath(`${folder}/${word}`);
  return typeof real === 'string' && isInside(realRootOf(root, machine), real);
}

function doubtsInside(path: string, shown: string, ground: PlaceGround): string[] {
  const { machine, root, realRoot } = ground;
  const secret = mayHoldSecrets(relativeToRoot(root, root, path) ?? path);
  if (secret) return [l10n.t('may read secrets: {0}', shown)];
  const outside = leadsOutside(path, shown, ground);
  if (outside !== undefined) return [outside];
  const real = machine.realPath(path);
  return real && mayHoldSecrets(real.slice(realRoot.length))
    ? [l10n.t('{0} leads to what may hold secrets: {1}', shown, real)]
    : [];
}
