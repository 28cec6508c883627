import * as l10n from '@vscode/l10n';
import { memo, type ReactElement } from 'react';
import type { ChangeTarget, Resolution } from '../../../../src/protocol/changes';
import { IconButton } from '../../components/controls';
import { FileLabel, LineCounts } from '../../components/FileLabel';
import { Icon } from '../../components/Icon';
import { useAct } from '../../viewContext';
import { targetOfFile, type GroupedFile } from './changeGroups';
import { fileTags, hunkCounts, obeyedWords, rejectWords } from './fileWords';

/** One changed file in a line. */
export const FileRow = memo(function FileRow(props: {
  readonly entry: GroupedFile;
  readonly open: boolean;
  /** Title of the group where the file has parts in several. */
  readonly part: string | undefined;
  /** Who made the change, where that is worth words. */
  readonly makers: string | undefined;
  readonly onToggle: () => void;
  readonly onResolve: (resolution: Resolution, target: ChangeTarget) => void;
}): ReactElement {
  const { entry, open, part, makers, onToggle, onResolve } = props;
  const { file, renamedFrom, fresh, hunks } = entry;
  const { path, viewOnly } = file;
  const obeyed = obeyedWords(entry);
  const act = useAct();
  const name = part === undefined ? path : l10n.t('{0} of {1}', path, part);
  const target = targetOfFile(entry);
  const isFresh = hunks.length === 0 ? fresh.size > 0 : hunks.some(({ id }) => fresh.has(id));
  return (
    <div className="file-line">
      <div className="file-toggle" onClick={onToggle}>
        <Icon name={open ? 'chevron-down' : 'chevron-right'} />
        <FileLabel path={path} />
        {obeyed !== undefined && (
          <span className="obeyed-mark" title={obeyed}>
            <Icon name="warning" tone="warning" />
          </span>
        )}
        {isFresh && <span className="fresh-mark" title={l10n.t('New since you last looked')} />}
        {fileTags(entry).map((tag) => (
          <span key={tag} className="tag">
            {tag}
          </span>
        ))}
        {makers !== undefined && (
          <span className="origins" title={entry.origins.map(({ label }) => label).join('\n')}>
            {makers}
          </span>
        )}
      </div>
      {!file.binary && !renamedFrom && file.hunks.length > 0 && <LineCounts {...countsOf(entry)} />}
      <span className="file-buttons">
        <IconButton
          icon="check"
          name={l10n.t('Accept {0}', name)}
          tooltip={l10n.t('Accept {0} (A)', name)}
          onPress={() => onResolve('accept', target)}
        />
        <IconButton
          icon="close"
          name={l10n.t('Reject {0}', name)}
          tooltip={
            viewOnly
              ? l10n.t(
                  'Changed while the thread was closed: it can be viewed and accepted, not rejected',
                )
              : l10n.t('Reject {0} (R): {1}', name, rejectWords(entry))
          }
          disabled={viewOnly !== undefined}
          onPress={() => onResolve('reject', target)}
        />
        <IconButton
          icon="go-to-file"
          name={l10n.t('Open {0}', path)}
          onPress={() => act('file/open', { path })}
        />
      </span>
    </div>
  );
});

/** Lines of the file, or of those of its hunks that are in the group. */
export function countsOf({ file, hunks, whole, renamedFrom }: GroupedFile): {
  readonly added: number;
  readonly removed: number;
} {
  if (renamedFrom) return { added: 0, removed: 0 };
  if (whole) return { added: file.added, removed: file.removed };
  return {
    added: hunks.reduce((sum, hunk) => sum + hunkCounts(hunk).added, 0),
    removed: hunks.reduce((sum, hunk) => sum + hunkCounts(hunk).removed, 0),
  };
}
