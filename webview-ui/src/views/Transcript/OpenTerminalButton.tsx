import * as l10n from '@vscode/l10n';
import type { ReactElement } from 'react';
import type { CommandExecutionItem } from '../../../../src/protocol/items';
import type { ThreadState } from '../../../../src/protocol/threadState';
import { IconButton } from '../../components/controls';
import { useAct, useModel } from '../../viewContext';

/** Beside a command that runs: opens it as a terminal of VS Code, to watch it or to take it over. */
export function OpenTerminalButton(props: {
  readonly item: CommandExecutionItem;
}): ReactElement | null {
  const { item } = props;
  const act = useAct();
  const running = useModel(
    ({ thread, readOnly }) => !readOnly && thread !== null && mayRun(thread, item),
  );
  if (!running) return null;
  return (
    <IconButton
      icon="terminal"
      name={l10n.t('Open terminal')}
      onPress={() => act('terminal/open', { itemId: item.id })}
    />
  );
}

/** False where it has ended, as far as the agent was told. */
function mayRun(thread: ThreadState, { status, sessionId }: CommandExecutionItem): boolean {
  if (status === 'inProgress') return true;
  if (sessionId === undefined) return false;
  return !thread.turns.some(({ entries }) =>
    entries.some(
      (entry) =>
        entry.type === 'toolCall' &&
        entry.session?.id === sessionId &&
        entry.session.exitCode !== undefined,
    ),
  );
}
