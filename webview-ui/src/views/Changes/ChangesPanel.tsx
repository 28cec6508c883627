import * as l10n from '@vscode/l10n';
import { useCallback, useEffect, useState, type ReactElement } from 'react';
import type { ChangeTarget, Resolution } from '../../../../src/protocol/changes';
import { emptyChangeSet } from '../../../../src/protocol/changes';
import { runningTurn } from '../../../../src/protocol/threadState';
import { Button, IconButton } from '../../components/controls';
import { DockLine } from '../../components/DockLine';
import { LineCounts } from '../../components/FileLabel';
import { filesWords } from '../../format';
import { useAct, useModel, useView } from '../../viewContext';
import { CommitPart, concernsCommits } from './CommitPart';
import type { Grouping } from './changeGroups';
import { ChangeList, type ChosenRows } from './ChangeList';
import { ChangeTools } from './ChangeTools';
import { useLook } from './useLook';

/** Everything the agent changed that is not settled yet: accept or reject it all, a file, or a hunk. */
export function ChangesPanel(): ReactElement | null {
  const changeSet = useModel(({ thread }) => thread?.changes) ?? emptyChangeSet;
  const running = useModel(({ thread }) => thread !== null && runningTurn(thread) !== undefined);
  const [chosen, setChosen] = useState<boolean | null>(null);
  const act = useAct();
  const { files } = changeSet;
  const [committing, setCommitting] = useState(false);
  // The commit takes the room while it is open.
  const open = !committing && (chosen ?? !running);
  const look = useLook(files, open);
  const [grouping, setGrouping] = useState<Grouping>('file');
  const [rows, setRows] = useState<ChosenRows>(new Map());
  const resolve = useCallback(
    (resolution: Resolution, target: ChangeTarget) =>
      act('changes/resolve', { resolution, target }),
    [act],
  );
  const commits = useModel(
    ({ thread, settings }) =>
      settings?.repository === true && thread !== null && concernsCommits(thread),
  );
  const repository = useModel(({ settings }) => settings?.repository ?? false);
  const { connection } = useView();
  useEffect(() => connection.on('commit/asked', () => setCommitting(true)), [connection]);
  const commitPart = <CommitPart open={committing} onOpen={setCommitting} />;
  if (files.length === 0) {
    return commits ? (
      <section className="dock changes" role="region" aria-label={l10n.t('Changes')}>
        {commitPart}
      </section>
    ) : null;
  }

  return (
    <section className="dock changes" role="region" aria-label={l10n.t('Changes')}>
      <div className={`dock-header ${open ? '' : 'folded'}`}>
        <DockLine title={l10n.t('Changes')} open={open} onToggle={() => setChosen(!open)}>
          <span className="muted files">{filesWords(files.length)}</span>
          <LineCounts added={sum(files, 'added')} removed={sum(files, 'removed')} />
        </DockLine>
        <span className="dock-buttons">
          <Button look={open ? 'secondary' : 'link'} onPress={() => resolve('reject', {})}>
            {l10n.t('Reject all')}
          </Button>
          <Button look={open ? 'primary' : 'link'} onPress={() => resolve('accept', {})}>
            {l10n.t('Accept all')}
          </Button>
          <IconButton
            icon="diff-multiple"
            name={l10n.t('Open all changes')}
            onPress={() => act('changes/open', {})}
          />
        </span>
      </div>
      {open && (
        <>
          <ChangeTools
            files={files}
            seen={look.seen}
            grouping={grouping}
            onGroup={setGrouping}
            onSeen={look.markSeen}
          />
          <ChangeList
            changeSet={changeSet}
            grouping={grouping}
            look={look}
            chosen={rows}
            onChoose={setRows}
            onResolve={resolve}
          />
        </>
      )}
      {(commits || (repository && (open || committing))) && commitPart}
    </section>
  );
}

function sum<Key extends string>(
  files: readonly Readonly<Record<Key, number>>[],
  key: Key,
): number {
  return files.reduce((total, file) => total + file[key], 0);
}
