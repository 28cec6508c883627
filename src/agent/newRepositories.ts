import { nameFew } from '../base/nameFew';
import type { Confinement, NewRepository } from '../ports/sandbox';
import type { TurnEnvironment } from './turnEnvironment';

/** Folders named in one notice. */
const maxNamed = 5;

/** The confinement of a command that tells the person of repositories it made. */
export function withRepositories(
  { emit, log }: Pick<TurnEnvironment, 'emit' | 'log'>,
  confinement: Confinement | undefined,
): Confinement | undefined {
  if (!confinement) return undefined;
  return {
    ...confinement,
    onNewRepositories(made) {
      try {
        emit({ type: 'notice.raised', level: 'warning', text: noticeOf(made) });
      } catch {
        // The command may end when the thread is closed, and nothing more can be told.
        log.warn('A command made a repository, which could not be told.');
      }
    },
  };
}

function noticeOf(made: readonly NewRepository[]): string {
  const named = nameFew(foldersOf(made), maxNamed);
  const disarmed = foldersOf(made.filter((each) => each.disarmed));
  const told =
    made.length === 1
      ? `The command made a repository in ${named}; git hooks in it would run with your own git.`
      : `The command made repositories in ${named}; git hooks in them would run with your own git.`;
  if (disarmed.length === 0) return told;
  return `${told} Hooks or settings that name programs were renamed in ${nameFew(disarmed, maxNamed)} (they end in .set-aside-by-tandem), so that git does not obey them; rename them back where you want them.`;
}

function foldersOf(made: readonly NewRepository[]): string[] {
  return made.map(({ folder }) => folder);
}
