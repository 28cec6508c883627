import * as l10n from '@vscode/l10n';
import type { ReactElement } from 'react';
import type { ChangeTarget, Resolution } from '../../../../src/protocol/changes';
import { IconButton } from '../../components/controls';
import { LineCounts } from '../../components/FileLabel';
import { Icon } from '../../components/Icon';
import { VisibleText } from '../../components/VisibleText';
import { targetOfGroup, type ChangeGroup } from './changeGroups';
import { countsOf } from './FileRow';

/** The head of a group: what made it, and both answers for all of it. */
export function GroupRow(props: {
  readonly group: ChangeGroup;
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly onResolve: (resolution: Resolution, target: ChangeTarget) => void;
}): ReactElement {
  const { group, open, onToggle, onResolve } = props;
  const { title = '', hint } = group;
  const counts = group.files.map(countsOf);
  const target = targetOfGroup(group);
  return (
    <div className="file-line group-line">
      <div className="file-toggle" onClick={onToggle} title={hint}>
        <Icon name={open ? 'chevron-down' : 'chevron-right'} />
        <strong>
          <VisibleText kind="code" text={title} />
        </strong>
        {hint !== undefined && <span className="origins">{hint}</span>}
      </div>
      <LineCounts
        added={counts.reduce((sum, { added }) => sum + added, 0)}
        removed={counts.reduce((sum, { removed }) => sum + removed, 0)}
      />
      <span className="file-buttons">
        <IconButton
          icon="check-all"
          name={l10n.t('Accept all of {0}', title)}
          tooltip={l10n.t('Accept all of {0} (A)', title)}
          onPress={() => onResolve('accept', target)}
        />
        <IconButton
          icon="close-all"
          name={l10n.t('Reject all of {0}', title)}
          tooltip={l10n.t('Reject all of {0} (R)', title)}
          onPress={() => onResolve('reject', target)}
        />
      </span>
    </div>
  );
}
