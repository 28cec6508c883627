import * as l10n from '@vscode/l10n';
import type { ReactElement } from 'react';
import type { ItemId } from '../../../../src/protocol/ids';
import type { OutsideContent } from '../../../../src/protocol/outsideContent';
import { spellOut } from '../../../../src/protocol/visibleText';
import { useModel } from '../../viewContext';

const none: readonly OutsideContent[] = [];

/** Marks what brought content from outside of the workspace into the conversation, and says from where. */
export function OutsideTag({ itemId }: { readonly itemId: ItemId }): ReactElement | null {
  const outside = useModel(({ thread }) => thread?.outside ?? none);
  const names = outside.filter((each) => each.itemId === itemId).map(({ source }) => source.name);
  if (names.length === 0) return null;
  return (
    <span
      className="tag"
      title={[l10n.t('Content from outside the workspace came in:'), ...names.map(spellOut)].join(
        '\n',
      )}
    >
      {l10n.t('from outside')}
    </span>
  );
}
