import * as l10n from '@vscode/l10n';
import type { ReactElement } from 'react';
import { IconButton } from '../../components/controls';
import { Icon } from '../../components/Icon';
import { useModel, useView } from '../../viewContext';

/** What the last request failed with, until it is dismissed or the next one works. */
export function ProblemLine(): ReactElement | null {
  const { threads } = useView();
  const problem = useModel((model) => model.problem);
  if (problem === null) return null;
  return (
    <div className="problem" role="alert">
      <Icon name="error" tone="bad" />
      <span>{problem}</span>
      <IconButton icon="close" name={l10n.t('Dismiss')} onPress={() => threads.report(null)} />
    </div>
  );
}
