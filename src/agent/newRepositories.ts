import * as l10n from '@vscode/l10n';
import { nameFew } from '../base/nameFew';
import type { Confinement, NewRepository } from '../ports/sandbox';
import type { TurnEnvironment } from './turnEnvironment';

/** Folders named in one notice. */
const maxNamed = 5;

/** The confinement of a command that tells the person of what it made for git to obey. */
export function withRepositories(
  { emit, log }: Pick<TurnEnvironment, 'emit' | 'log'>,
  confinement: Confinement | undefined,
): Confinement | undefined {
  if (!confinement) return undefined;
  const tell = (text: string) => {
    try {
      emit({ type: 'notice.raised', level: 'warning', text });
    } catch {
      // The command may end when the thread is closed, and nothing more can be told.
      log.warn('A command made what git obeys, which could not be told.');
    }
  };
  return {
    ...confinement,
    onNewRepositories: (made) => tell(noticeOf(made)),
    onSetAside: (paths) =>
      tell(
        l10n.t(
          'The command made hooks or settings that git would obey: {0}. They were renamed (they end in .set-aside-by-tandem); rename them back where you want them.',
          nameFew(paths, maxNamed),
        ),
      ),
  };
}

function noticeOf(made: readonly NewRepository[]): string {
  const named = nameFew(foldersOf(made), maxNamed);
  const disarmed = foldersOf(made.filter((each) => each.disarmed));
  const told =
    made.length === 1
      ? l10n.t(
          'The command made a repository in {0}; git hooks in it would run with your own git.',
          named,
        )
      : l10n.t(
          'The command made repositories in {0}; git hooks in them would run with your own git.',
          named,
        );
  if (disarmed.length === 0) return told;
  const renamed = l10n.t(
    'Hooks or settings that name programs were renamed in {0} (they end in .set-aside-by-tandem), so that git does not obey them; rename them back where you want them.',
    nameFew(disarmed, maxNamed),
  );
  return `${told} ${renamed}`;
}

function foldersOf(made: readonly NewRepository[]): string[] {
  return made.map(({ folder }) => folder);
}
