import type { ReactElement } from 'react';
import * as l10n from '@vscode/l10n';
import type { WaitingInput } from '../../../../src/protocol/input';
import { IconButton } from '../../components/controls';
import { WaitingRow, type WaitingEdit } from '../../components/WaitingRow';

/** One message that waits: its kind, its words, and what can be done with it. */
export function QueuedMessage(
  props: WaitingEdit & {
    readonly message: WaitingInput;
    /** Counts from 1; part of the buttons' names. */
    readonly place: number;
    /** Absent while a turn runs. */
    readonly onSend?: () => void;
  },
): ReactElement {
  const { message, place, onSend, ...edit } = props;
  const { text, attachments } = message.input;
  const lead = (
    <span className="tag" title={whenText(message.kind)}>
      {message.kind === 'steer' ? l10n.t('Steer') : l10n.t('Queue')}
    </span>
  );
  const more = attachments.length > 0 && (
    <span className="muted">
      {' '}
      {attachments.length === 1
        ? l10n.t('(+1 attachment)')
        : l10n.t('(+{0} attachments)', attachments.length)}
    </span>
  );
  const send = onSend && (
    <IconButton
      icon="arrow-up"
      name={l10n.t('Send message {0} now', place)}
      tooltip={l10n.t('Send now')}
      onPress={onSend}
    />
  );
  return (
    <WaitingRow
      {...edit}
      names={{
        field: l10n.t('Message {0}', place),
        edit: l10n.t('Edit message {0}', place),
        remove: l10n.t('Remove message {0}', place),
      }}
      text={text}
      lead={lead}
      more={more}
      buttons={send}
    />
  );
}

function whenText(kind: WaitingInput['kind']): string {
  return kind === 'steer'
    ? l10n.t('The agent reads it at its next step')
    : l10n.t('Opens the next turn');
}
