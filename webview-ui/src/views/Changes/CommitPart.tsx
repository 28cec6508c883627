import * as l10n from '@vscode/l10n';
import type { ReactElement } from 'react';
import { runningTurn, type ThreadState } from '../../../../src/protocol/threadState';
import { Button } from '../../components/controls';
import { Icon } from '../../components/Icon';
import { formatNumber } from '../../format';
import { useAct, useModel } from '../../viewContext';
import { CommitForm } from './CommitForm';

/** One line: how much is accepted and not committed, or what was committed just now; it opens to the commit. */
export function CommitPart(props: {
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
}): ReactElement {
  const { open, onOpen } = props;
  const accepted = useModel(({ thread }) => (thread ? countPaths(thread) : 0));
  const made = useModel(({ thread }) => thread && freshCommit(thread));
  const writing = useModel(({ thread }) => thread !== null && runningTurn(thread) !== undefined);
  const act = useAct();

  if (open) return <CommitForm onClose={() => onOpen(false)} />;
  return (
    <div className="commit-line">
      <Icon name="git-commit" tone="muted" />
      <span className="commit-words" role="status">
        {accepted > 0
          ? acceptedWords(accepted)
          : made
            ? l10n.t('Committed {0} {1}', made.id.slice(0, 7), made.subject)
            : l10n.t('Nothing accepted yet')}
      </span>
      <span className="dock-buttons">
        {!writing && (
          <Button look="link" onPress={() => act('pullRequest/write', {})}>
            {l10n.t('Pull request text')}
          </Button>
        )}
        {accepted > 0 && (
          <Button look="secondary" onPress={() => onOpen(true)}>
            {l10n.t('Commit accepted')}
          </Button>
        )}
      </span>
    </div>
  );
}

function acceptedWords(count: number): string {
  return count === 1
    ? l10n.t('1 file accepted, not committed')
    : l10n.t('{0} files accepted, not committed', formatNumber(count));
}

function countPaths({ accepted }: ThreadState): number {
  return new Set(accepted.map(({ path }) => path)).size;
}

/** The last commit, until the next turn begins. */
function freshCommit(thread: ThreadState) {
  const made = thread.commits.at(-1);
  const turn = thread.turns.at(-1);
  return made && (!turn || turn.startedAt < made.at) ? made : null;
}

/** True where a commit can be made, or was made just now. */
export function concernsCommits(thread: ThreadState): boolean {
  return thread.accepted.length > 0 || freshCommit(thread) !== null;
}
