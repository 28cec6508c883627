import * as l10n from '@vscode/l10n';
import type { ReactElement } from 'react';
import { Icon } from '../../components/Icon';
import { countUnkept } from '../../draftStore';
import { formatNumber } from '../../format';
import { useDraft } from '../../viewContext';

/** A reload keeps what is being written; what is too large for that is told while it can still be sent. */
export function TooLargeToKeep(): ReactElement | null {
  const count = countUnkept(useDraft());
  if (count === 0) return null;
  return (
    <div className="obstacle" role="status">
      <Icon name="info" tone="muted" />
      <span>
        {count === 1
          ? l10n.t(
              '1 attachment is too large to survive a reload of the window before you send it.',
            )
          : l10n.t(
              '{0} attachments are too large to survive a reload of the window before you send them.',
              formatNumber(count),
            )}
      </span>
    </div>
  );
}
