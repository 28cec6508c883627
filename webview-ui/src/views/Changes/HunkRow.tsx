import * as l10n from '@vscode/l10n';
import { lazy, memo, Suspense, useMemo, type ReactElement } from 'react';
import type { ChangedFile, ChangeTarget, Hunk, Resolution } from '../../../../src/protocol/changes';
import { Button } from '../../components/controls';
import { hunkLines } from '../../components/diffLines';
import { DiffView } from '../../components/DiffView';
import { placeWords } from './fileWords';

/** What words changed is its own chunk: the first paint shows the lines as they are. */
const HunkDiff = lazy(() => import('./HunkDiff').then((module) => ({ default: module.HunkDiff })));

/** One hunk with its diff. */
export const HunkRow = memo(function HunkRow(props: {
  readonly file: ChangedFile;
  readonly hunk: Hunk;
  /** From 1. */
  readonly number: number;
  /** True where it came since the person last looked. */
  readonly fresh: boolean;
  readonly onResolve: (resolution: Resolution, target: ChangeTarget) => void;
}): ReactElement {
  const { file, hunk, number, fresh, onResolve } = props;
  const target = { path: file.path, hunkId: hunk.id };
  return (
    <div className="card hunk">
      <Suspense fallback={<PlainDiff path={file.path} hunk={hunk} />}>
        <HunkDiff file={file} hunk={hunk} />
      </Suspense>
      <div className="hunk-line">
        <span className="muted hunk-place">
          {l10n.t('hunk {0} of {1}', number, file.hunks.length)}
          <span className="hunk-lines-place"> · {placeWords(file, hunk.id)}</span>
          {fresh && <span className="fresh-mark" title={l10n.t('New since you last looked')} />}
        </span>
        <span className="hunk-buttons">
          <Button
            look="link"
            name={l10n.t('Reject hunk {0} of {1}', number, file.path)}
            disabled={file.viewOnly !== undefined}
            onPress={() => onResolve('reject', target)}
          >
            {l10n.t('Reject')}
          </Button>
          <Button
            look="link"
            name={l10n.t('Accept hunk {0} of {1}', number, file.path)}
            onPress={() => onResolve('accept', target)}
          >
            {l10n.t('Accept')}
          </Button>
        </span>
      </div>
    </div>
  );
});

function PlainDiff(props: { readonly path: string; readonly hunk: Hunk }): ReactElement {
  const { path, hunk } = props;
  const lines = useMemo(() => hunkLines(hunk), [hunk]);
  return <DiffView lines={lines} path={path} />;
}
