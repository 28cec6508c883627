import * as l10n from '@vscode/l10n';
import { nameFew } from '../base/nameFew';
import type { TurnEnvironment } from './turnEnvironment';

/** Programs named in one notice. */
const maxNamed = 5;

type Watched = Pick<TurnEnvironment, 'trustedPrograms' | 'terminals' | 'emit'>;

/**
 * Looks at the programs that the person's own tools start, before a command runs. The answer looks again and tells the
 * person which of them were replaced: no sandbox is around them when an editor or a terminal starts them.
 */
export async function watchPrograms(turn: Watched): Promise<() => Promise<void>> {
  if (!turn.trustedPrograms) return async () => {};
  // What changes while nothing of the agent runs is the person's own doing.
  if (turn.terminals.running.length > 0) await tellReplaced(turn);
  else await turn.trustedPrograms.replaced();
  return () => tellReplaced(turn);
}

async function tellReplaced({ trustedPrograms, emit }: Watched): Promise<void> {
  const paths = (await trustedPrograms?.replaced()) ?? [];
  if (paths.length === 0) return;
  emit({ type: 'notice.raised', level: 'warning', text: noticeOf(paths) });
}

function noticeOf(paths: readonly string[]): string {
  return l10n.t(
    'Executables of trusted tools changed: {0}. Your editor and terminals start them outside the sandbox; look at them where you did not expect an installation.',
    nameFew(paths, maxNamed),
  );
}
