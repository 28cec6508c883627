import * as l10n from '@vscode/l10n';
import type { ReactElement } from 'react';
import { Button, IconButton } from '../../components/controls';
import { Icon } from '../../components/Icon';
import { useAct, useModel, useView } from '../../viewContext';

/** What the last request failed with, and what helps, until it is dismissed or the next one works. */
export function ProblemLine(): ReactElement | null {
  const { threads } = useView();
  const problem = useModel((model) => model.problem);
  const act = useAct();
  if (problem === null) return null;
  const { message, remedy } = problem;
  return (
    <div className="problem" role="alert">
      <Icon name="error" tone="bad" />
      <span>
        {message}{' '}
        {remedy && (
          <Button look="link" onPress={() => act(remedy.request, {})}>
            {remedy.title}
          </Button>
        )}
      </span>
      <IconButton icon="close" name={l10n.t('Dismiss')} onPress={() => threads.report(null)} />
    </div>
  );
}
