import * as l10n from '@vscode/l10n';
import { useMemo, type ReactElement } from 'react';
import { unseenParts, type SeenChanges } from '../../../../src/protocol/changePreview';
import type { ChangedFile } from '../../../../src/protocol/changes';
import { findRenames } from '../../../../src/protocol/renames';
import { Button, Select } from '../../components/controls';
import { formatNumber } from '../../format';
import type { Grouping } from './changeGroups';

function choices(): readonly { readonly value: Grouping; readonly label: string }[] {
  return [
    { value: 'file', label: l10n.t('By file') },
    { value: 'turn', label: l10n.t('By turn') },
    { value: 'step', label: l10n.t('By step') },
    { value: 'seen', label: l10n.t('Since I last looked') },
  ];
}

/** How the changes are grouped, and how much of them is new. Not there while there is nothing to choose. */
export function ChangeTools(props: {
  readonly files: readonly ChangedFile[];
  readonly seen: SeenChanges | null;
  readonly grouping: Grouping;
  readonly onGroup: (grouping: Grouping) => void;
  readonly onSeen: () => void;
}): ReactElement | null {
  const { files, seen, grouping, onGroup, onSeen } = props;
  const fresh = useMemo(() => (seen ? countUnseen(files, seen) : 0), [files, seen]);
  const several = files.length > 1 || files.some(({ origins }) => origins.length > 1);
  if (!several && fresh === 0 && grouping === 'file') return null;
  return (
    <div className="change-tools">
      <Select
        name={l10n.t('Group changes')}
        value={grouping}
        options={choices()}
        onChange={onGroup}
      />
      {fresh > 0 && (
        <span className="change-news">
          <span className="fresh-mark" />
          <span className="muted">{l10n.t('{0} new', formatNumber(fresh))}</span>
          <Button look="link" onPress={onSeen}>
            {l10n.t('Mark as seen')}
          </Button>
        </span>
      )}
    </div>
  );
}

/** A renamed file counts once. */
function countUnseen(files: readonly ChangedFile[], seen: SeenChanges): number {
  const replaced = new Set(findRenames(files).values());
  return files
    .filter(({ path }) => !replaced.has(path))
    .reduce((sum, file) => sum + unseenParts(file, seen).length, 0);
}
