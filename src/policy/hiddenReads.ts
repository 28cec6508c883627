import * as l10n from '@vscode/l10n';
import type { Reading } from './reading';
import { mayBeSeenByRg } from './seenByRg';

/** What the policy asks about files that the agent must not see; see `ports/hiddenFiles`. */
export interface HiddenNames {
  isHidden(path: string): boolean;
  /** Absolute paths of what is hidden below an absolute folder, as last listed. */
  below(folder: string): readonly string[];
}

/** What the model and the person are told of a path that is hidden from the agent. */
export function hiddenReason(path: string): string {
  return l10n.t(
    '{0} is hidden from the agent: it may hold secrets, or a .tandemignore names it. Only the person can read or change it.',
    path,
  );
}

/** Programs that read all that is below a folder, each with whether it would look at a path there. */
const searchers: ReadonlyMap<string, (path: string, reading: Reading) => boolean> = new Map([
  ['grep', () => true],
  ['egrep', () => true],
  ['fgrep', () => true],
  ['rg', (path: string, { options }: Reading) => mayBeSeenByRg(path, options)],
]);

/**
 * Why a reading command may show what is hidden, where no sandbox masks it; each a phrase for people.
 * @param places absolute paths of what the command names, or of its folder where it names nothing.
 */
export function hiddenReads(
  [program = '']: readonly string[],
  reading: Reading,
  places: readonly string[],
  hidden: HiddenNames,
): readonly string[] {
  const sees = searchers.get(program);
  return places.flatMap((place) => {
    if (hidden.isHidden(place)) return [l10n.t('reads what is hidden from the agent: {0}', place)];
    const found =
      sees && hidden.below(place).find((path) => sees(path.slice(place.length), reading));
    return found === undefined
      ? []
      : [l10n.t('searches what is hidden from the agent: {0}', found)];
  });
}
