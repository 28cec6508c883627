import * as l10n from '@vscode/l10n';
import type { ReactElement } from 'react';
import { Button } from '../../components/controls';
import { VisibleText } from '../../components/VisibleText';
import type { Deletion } from './useDeletion';

/** Says which thread was deleted, and brings it back, for some seconds. */
export function DeletedLine({ deletion }: { readonly deletion: Deletion }): ReactElement {
  const { deleted, undo } = deletion;
  return (
    <div className="deleted-line" role="status">
      {deleted && (
        <>
          <span className="deleted-title">
            <VisibleText
              kind="prose"
              text={
                deleted.title === ''
                  ? l10n.t('Thread deleted.')
                  : l10n.t('Deleted “{0}”.', deleted.title)
              }
            />
          </span>
          <Button look="link" onPress={undo}>
            {l10n.t('Undo')}
          </Button>
        </>
      )}
    </div>
  );
}
