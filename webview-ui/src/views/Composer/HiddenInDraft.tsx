import * as l10n from '@vscode/l10n';
import { useMemo, type ReactElement } from 'react';
import type { UserInput } from '../../../../src/protocol/input';
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
  const draft = useDraft();
  const { count, kinds } = useMemo(() => countHidden(pastedWords(draft)), [draft]);
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
      <Button look="link" onPress={() => drafts.replace(withoutHidden(draft))}>
        {l10n.t('Remove them')}
      </Button>
    </div>
  );
}

/** The text, and what was pasted beside it. */
function pastedWords({ text, attachments }: UserInput): string {
  const pasted = attachments.flatMap((each) =>
    each.kind === 'text' && each.source === 'paste' ? [each.text] : [],
  );
  return [text, ...pasted].join('\n');
}

function withoutHidden({ text, attachments, ...rest }: UserInput): UserInput {
  return {
    ...rest,
    text: removeHidden(text),
    attachments: attachments.map((each) =>
      each.kind === 'text' && each.source === 'paste'
        ? { ...each, text: removeHidden(each.text) }
        : each,
    ),
  };
}
