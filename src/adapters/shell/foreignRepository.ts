import * as l10n from '@vscode/l10n';
import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { relativeToRoot } from '../../base/paths';
import { repositoriesAround, type FoundRepository } from './repositoriesAround';

/**
 * Why git in an absolute folder could show a repository that is neither in the root nor the one the root is part of, as
 * a phrase; undefined where not. That is where `.git` leads out, or where the objects of another one are borrowed.
 * @param root absolute, and a real path.
 */
export function foreignRepository(folder: string, root: string): string | undefined {
  try {
    return foreignFrom(folder, root);
  } catch {
    return l10n.t('the repository cannot be looked at');
  }
}

function foreignFrom(folder: string, root: string): string | undefined {
  let own: readonly string[] | undefined;
  for (const repository of repositoriesAround(folder)) {
    const foreign = placesOf(repository).find((place) => !isInside(root, place));
    const borrows = borrowsObjects(repository);
    if (foreign === undefined && !borrows) continue;
    // What the person opened is theirs to show, with all its work trees and submodules.
    own ??= [...repositoriesAround(root)].flatMap(placesOf);
    const isOwn = placesOf(repository).every((place) => own!.some((at) => isInside(at, place)));
    if (isOwn) continue;
    return foreign === undefined
      ? l10n.t('its repository borrows from another one')
      : l10n.t('its repository is outside the folder: {0}', foreign);
  }
  return undefined;
}

function placesOf({ gitdir, common }: FoundRepository): readonly string[] {
  return [gitdir, common].filter((place) => place !== undefined);
}

function isInside(folder: string, place: string): boolean {
  return relativeToRoot(folder, folder, place) !== undefined;
}

/** True where its objects, or some of them, may be another repository's. */
function borrowsObjects({ common }: FoundRepository): boolean {
  if (common === undefined) return false;
  const objects = join(common, 'objects');
  const stats = lstatSync(objects, { throwIfNoEntry: false });
  if (!stats) return false;
  if (!stats.isDirectory() || existsSync(join(objects, 'info/alternates'))) return true;
  return readdirSync(objects, { withFileTypes: true }).some((entry) => entry.isSymbolicLink());
}
