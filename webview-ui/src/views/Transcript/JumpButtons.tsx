import * as l10n from '@vscode/l10n';
import type { ReactElement } from 'react';
import { Button } from '../../components/controls';
import type { TranscriptRow } from './transcriptRows';

/** Ways to what is out of sight: the end, and what runs where that stands elsewhere. */
export function JumpButtons(props: {
  readonly atEnd: boolean;
  /** True where something runs out of sight and not at the end. */
  readonly runsElsewhere: boolean;
  readonly onLatest: () => void;
  readonly onRunning: () => void;
}): ReactElement | null {
  const { atEnd, runsElsewhere, onLatest, onRunning } = props;
  if (atEnd && !runsElsewhere) return null;
  return (
    <div className="jump">
      {runsElsewhere && (
        <Button icon="loading" onPress={onRunning}>
          {l10n.t('Jump to what runs')}
        </Button>
      )}
      {!atEnd && (
        <Button icon="arrow-down" onPress={onLatest}>
          {l10n.t('Jump to latest')}
        </Button>
      )}
    </div>
  );
}

/** The row of the work that runs, -1 where none does or where it is the last one. Only the last turn can run. */
export function runningRow(rows: readonly TranscriptRow[]): number {
  const end = rows.at(-1);
  if (end?.kind !== 'end' || end.turn.status !== 'running') return -1;
  for (let at = rows.length - 2; at >= 0; at--) {
    const row = rows[at];
    if (row?.kind !== 'block' || row.opening !== end.opening) return -1;
    if (row.block.kind === 'work' && row.block.items.some(({ status }) => status === 'inProgress'))
      return at === rows.length - 2 ? -1 : at;
  }
  return -1;
}
