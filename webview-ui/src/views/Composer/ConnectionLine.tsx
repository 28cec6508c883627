import * as l10n from '@vscode/l10n';
import type { ReactElement } from 'react';
import { Button } from '../../components/controls';
import { useAct, useModel } from '../../viewContext';

/** Says plainly when answers come from the demo model. */
export function ConnectionLine(): ReactElement | null {
  const demo = useModel(({ settings }) => settings?.connection.kind === 'demo');
  const act = useAct();
  if (!demo) return null;
  return (
    <div className="connection">
      <span>{l10n.t('Demo model: answers only the three suggested tasks.')}</span>{' '}
      <Button look="link" onPress={() => act('key/set', {})}>
        {l10n.t('Connect a model')}
      </Button>
    </div>
  );
}
