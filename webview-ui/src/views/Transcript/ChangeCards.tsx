import * as l10n from '@vscode/l10n';
import { useId, useMemo, type ReactElement } from 'react';
import type { FileChangeItem, FileChangeSummary } from '../../../../src/protocol/items';
import { Button } from '../../components/controls';
import { readDiff } from '../../components/diffLines';
import { DiffView } from '../../components/DiffView';
import { FileLabel, LineCounts } from '../../components/FileLabel';
import { Icon } from '../../components/Icon';
import { useRemembered } from '../../components/useRemembered';
import { formatNumber } from '../../format';
import { useAct } from '../../viewContext';
import { diffMemory, wholeMemory } from './openWork';

/** Files of one edit drawn at first; a generator may write hundreds. */
const firstFiles = 4;

/** The files of an edit; those that are pending can be settled right here. */
export function ChangeCards(props: {
  readonly item: FileChangeItem;
  readonly pending: ReadonlySet<string>;
}): ReactElement {
  const { item, pending } = props;
  const [whole, setWhole] = useRemembered(wholeMemory(item.id), false);
  const shown = whole ? item.changes : item.changes.slice(0, firstFiles);
  const hidden = item.changes.length - shown.length;
  return (
    <>
      {shown.map((change) => (
        <ChangeCard
          key={change.path}
          change={change}
          pending={pending.has(change.path)}
          memory={diffMemory(item.id, change.path)}
        />
      ))}
      {hidden > 0 && (
        <button type="button" className="more" onClick={() => setWhole(true)}>
          {hidden === 1
            ? l10n.t('Show 1 more file')
            : l10n.t('Show {0} more files', formatNumber(hidden))}
        </button>
      )}
    </>
  );
}

function kindWord(kind: FileChangeSummary['kind']): string {
  if (kind === 'update') return '';
  return kind === 'add' ? l10n.t('new') : l10n.t('deleted');
}

/** One file of an edit as a small diff. */
function ChangeCard(props: {
  readonly change: FileChangeSummary;
  readonly pending: boolean;
  readonly memory: string;
}): ReactElement {
  const { change, pending, memory } = props;
  const { path, kind, diff, added, removed } = change;
  const act = useAct();
  const id = useId();
  const lines = useMemo(() => readDiff(diff), [diff]);
  return (
    <div className="card change-card">
      <div className="card-line" id={id}>
        <Icon name={lines.length > 0 ? 'edit' : 'file-binary'} />
        <FileLabel path={path} />
        {kindWord(kind) && <span className="tag">{kindWord(kind)}</span>}
        <span className="aside">
          {lines.length > 0 ? (
            <LineCounts added={added} removed={removed} />
          ) : (
            l10n.t('binary or empty')
          )}
        </span>
      </div>
      {lines.length > 0 && <DiffView lines={lines} path={path} memory={memory} />}
      {change.savedFurther && <SavedFurther path={path} further={change.savedFurther} />}
      {pending && (
        <div className="card-buttons">
          <Button
            look="primary"
            icon="check"
            describedBy={id}
            onPress={() => act('changes/resolve', { resolution: 'accept', target: { path } })}
          >
            {l10n.t('Accept')}
          </Button>
          <Button
            describedBy={id}
            onPress={() => act('changes/resolve', { resolution: 'reject', target: { path } })}
          >
            {l10n.t('Reject')}
          </Button>
          {kind !== 'delete' && (
            <Button look="link" describedBy={id} onPress={() => act('file/open', { path })}>
              {l10n.t('Open')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

/** What a formatter changed when the edit was saved, apart from the edit itself. */
function SavedFurther(props: {
  readonly path: string;
  readonly further: NonNullable<FileChangeSummary['savedFurther']>;
}): ReactElement {
  const { diff, added, removed } = props.further;
  const lines = useMemo(() => readDiff(diff), [diff]);
  return (
    <>
      <div className="card-line">
        <Icon name="info" tone="muted" />
        <span>{l10n.t('Changed further by format on save')}</span>
        <span className="aside">
          <LineCounts added={added} removed={removed} />
        </span>
      </div>
      <DiffView lines={lines} path={props.path} />
    </>
  );
}
