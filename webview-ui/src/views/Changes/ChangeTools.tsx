import { useMemo, type ReactElement } from 'react';
import { unseenParts, type SeenChanges } from '../../../../src/protocol/changePreview';
import type { ChangedFile } from '../../../../src/protocol/changes';
import { findRenames } from '../../../../src/protocol/renames';
import { Button, Select } from '../../components/controls';
import type { Grouping } from './changeGroups';

const choices: readonly { readonly value: Grouping; readonly label: string }[] = [
  { value: 'file', label: 'By file' },
  { value: 'turn', label: 'By turn' },
  { value: 'step', label: 'By step' },
  { value: 'seen', label: 'Since I last looked' },
];

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
      <Select name="Group changes" value={grouping} options={choices} onChange={onGroup} />
      {fresh > 0 && (
        <span className="change-news">
          <span className="fresh-mark" />
          <span className="muted">{fresh.toLocaleString('en')} new</span>
          <Button look="link" onPress={onSeen}>
            Mark as seen
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
