import * as l10n from '@vscode/l10n';
import { useMemo, type ReactElement } from 'react';
import { countHidden, removeHidden } from '../../../../src/protocol/visibleText';
import { Button } from '../../components/controls';
import { Icon } from '../../components/Icon';
import { formatNumber } from '../../format';
import { useDraft, useView } from '../../viewContext';

/** Code points that are named; others are only counted. */
const namedKinds = 4;

/** Text that was copied from somewhere may hold what the model reads and the person does not see: it is told here. */
export function HiddenInDraft(): ReactElement | null {
  const { drafts } = useView();
  const { text } = useDraft();
  const { count, kinds } = useMemo(() => countHidden(text), [text]);
  if (count === 0) return null;
  const named = kinds.slice(0, namedKinds).join(', ') + (kinds.length > namedKinds ? ', …' : '');
  return (
    <div className="obstacle" role="status">
      <Icon name="warning" tone="warning" />
      <span>
        {count === 1
          ? l10n.t('Your message holds 1 invisible character: {0}.', named)
          : l10n.t('Your message holds {0} invisible characters: {1}.', formatNumber(count), named)}
      </span>
      <Button look="link" onPress={() => drafts.setText(removeHidden(text))}>
        {l10n.t('Remove them')}
      </Button>
    </div>
  );
}
