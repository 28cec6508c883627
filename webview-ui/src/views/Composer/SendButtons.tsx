import * as l10n from '@vscode/l10n';
import type { ReactElement } from 'react';
import { IconButton } from '../../components/controls';
import { useAct } from '../../viewContext';
import type { SendRequest } from './useSend';

/** What can be done with the message, and with what runs. */
export function SendButtons(props: {
  readonly running: boolean;
  readonly compacting: boolean;
  readonly sendable: boolean;
  readonly onSend: (request: SendRequest) => void;
}): ReactElement {
  const { running, compacting, sendable, onSend } = props;
  const act = useAct();
  return (
    <>
      {running ? (
        <>
          <IconButton
            icon="arrow-up"
            name={l10n.t('Steer')}
            tooltip={l10n.t('Steer: the agent reads it at its next step (Enter)')}
            disabled={!sendable}
            onPress={() => onSend('turn/steer')}
          />
          <IconButton
            icon="list-ordered"
            name={l10n.t('Queue')}
            tooltip={l10n.t('Queue for the next turn (Alt+Enter)')}
            disabled={!sendable}
            onPress={() => onSend('turn/queue')}
          />
        </>
      ) : (
        <IconButton
          icon="arrow-up"
          name={l10n.t('Send')}
          tooltip={compacting ? l10n.t('Send after the summary (Enter)') : l10n.t('Send (Enter)')}
          look={compacting ? 'plain' : 'primary'}
          disabled={!sendable}
          onPress={() => onSend('turn/start')}
        />
      )}
      {(running || compacting) && (
        <IconButton
          icon="primitive-square"
          name={l10n.t('Stop')}
          tooltip={l10n.t('Stop (Esc)')}
          look="primary"
          onPress={() => act('turn/interrupt', {})}
        />
      )}
    </>
  );
}
