import * as l10n from '@vscode/l10n';
import { nameFew } from '../base/nameFew';
import type { Confinement } from '../ports/sandbox';
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
    onNewRepositories(folders) {
      try {
        emit({ type: 'notice.raised', level: 'warning', text: noticeOf(folders) });
      } catch {
        // The command may end when the thread is closed, and nothing more can be told.
        log.warn('A command made a repository, which could not be told.');
      }
    },
  };
}

function noticeOf(folders: readonly string[]): string {
  const named = nameFew(folders, maxNamed);
  return folders.length === 1
    ? l10n.t(
        'The command made a repository in {0}; git hooks in it would run with your own git.',
        named,
      )
    : l10n.t(
        'The command made repositories in {0}; git hooks in them would run with your own git.',
        named,
      );
}
