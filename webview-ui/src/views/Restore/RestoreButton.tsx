import * as l10n from '@vscode/l10n';
import { useContext, type ReactElement } from 'react';
import type { ItemId } from '../../../../src/protocol/ids';
import { runningTurn } from '../../../../src/protocol/threadState';
import { Button } from '../../components/controls';
import { useModel } from '../../viewContext';
import { TurnOpening } from '../Transcript/turnOpening';
import { StartRestore } from './startRestore';

/** Under the message that opened a turn: shows what going back to it would do. */
export function RestoreMessageButton({ itemId }: { readonly itemId: ItemId }): ReactElement | null {
  const opening = useContext(TurnOpening);
  const start = useContext(StartRestore);
  const can = useCanRestore();
  if (!can || opening?.message?.id !== itemId) return null;
  return <RestoreButton onPress={() => start({ turnId: opening.turnId })} />;
}

/** Beside a command or an edit that wrote files: shows what going back to before it would do. */
export function RestoreItemButton(props: {
  readonly itemId: ItemId;
  readonly describedBy?: string;
}): ReactElement | null {
  const { itemId, describedBy } = props;
  const start = useContext(StartRestore);
  const can = useCanRestore();
  const writes = useModel(({ thread }) => thread?.writes);
  const write = writes?.find((candidate) => candidate.itemId === itemId);
  if (!can || !write) return null;
  return (
    <span className="restore-item">
      <RestoreButton
        describedBy={describedBy}
        onPress={() => start({ turnId: write.turnId, itemId })}
      />
    </span>
  );
}

function RestoreButton(props: {
  readonly describedBy?: string | undefined;
  readonly onPress: () => void;
}): ReactElement {
  const { describedBy, onPress } = props;
  return (
    <Button
      look="link"
      icon="discard"
      onPress={onPress}
      {...(describedBy === undefined ? {} : { describedBy })}
    >
      {l10n.t('Restore to here')}
    </Button>
  );
}

/** Not while a turn runs, and only in the window that owns the thread. */
function useCanRestore(): boolean {
  return useModel(
    ({ thread, readOnly }) => thread !== null && !readOnly && runningTurn(thread) === undefined,
  );
}
