import * as l10n from '@vscode/l10n';
import { nameFew } from '../base/nameFew';
import type { TrackedFiles } from '../changes/trackedFiles';
import { protectedPart } from '../policy/protectedPaths';
import type { ChangePart, ChangeTarget, Resolution } from '../protocol/changes';
import { findRenames } from '../protocol/renames';

/** Files named in one notice. */
const maxNamed = 5;

type Files = Pick<TrackedFiles, 'get' | 'list'>;
type Say = (text: string, level: 'warning') => void;

/**
 * What of a target is settled. An answer for many files leaves those that need one of their own: an accept what other
 * programs run or obey, a reject what can only be viewed. The person is told which.
 */
export function partsToSettle(
  resolution: Resolution,
  target: ChangeTarget,
  parts: readonly ChangePart[],
  files: Files,
  say: Say,
): readonly ChangePart[] {
  const isLeft =
    resolution === 'reject'
      ? ({ path }: ChangePart) => parts.length > 1 && files.get(path)?.viewOnly !== undefined
      : ({ path }: ChangePart) => isForMany(target, files) && protectedPart(path) !== undefined;
  const left = [...new Set(parts.filter(isLeft).map(({ path }) => path))];
  if (left.length === 0) return parts;
  say(
    resolution === 'reject'
      ? l10n.t('Changed while the thread was closed, so left as they are: {0}.', left.join(', '))
      : leftWords(left),
    'warning',
  );
  return parts.filter((part) => !isLeft(part));
}

/** True where nobody need have looked at each file: a renamed file is one, though it has two paths. */
function isForMany({ path, hunkId, parts, group }: ChangeTarget, files: Files): boolean {
  if (path !== undefined || hunkId !== undefined) return false;
  if (!parts || group) return true;
  const renames = findRenames(files.list());
  const paths = new Set(parts.map((part) => part.path));
  for (const each of [...paths]) paths.delete(renames.get(each) ?? '');
  return paths.size > 1;
}

function leftWords(paths: readonly string[]): string {
  const names = nameFew(paths, maxNamed);
  return paths.length === 1
    ? l10n.t(
        '1 file stays, because other programs run or obey it: {0}. Accept it by itself.',
        names,
      )
    : l10n.t(
        '{0} files stay, because other programs run or obey them: {1}. Accept each by itself.',
        paths.length,
        names,
      );
}

/** Tells of files that other programs run or obey and that a confined command wrote: each once in a turn. */
export class ObeyedWrites {
  private readonly told = new Set<string>();

  constructor(private readonly say: Say) {}

  beginTurn(): void {
    this.told.clear();
  }

  written(paths: readonly string[]): void {
    const found = paths.filter((path) => protectedPart(path) !== undefined && !this.told.has(path));
    if (found.length === 0) return;
    for (const path of found) this.told.add(path);
    this.say(
      l10n.t(
        'A command in the sandbox wrote what other programs run or obey outside of it: {0}. Look at it before you use it.',
        nameFew(found, maxNamed),
      ),
      'warning',
    );
  }
}
