import type { ReactElement } from 'react';
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
    <span className="tag" title={whenText[message.kind]}>
      {message.kind === 'steer' ? 'Steer' : 'Queue'}
    </span>
  );
  const more = attachments.length > 0 && (
    <span className="muted">
      {' '}
      (+{attachments.length} attachment{attachments.length > 1 && 's'})
    </span>
  );
  const send = onSend && (
    <IconButton
      icon="arrow-up"
      name={`Send message ${place} now`}
      tooltip="Send now"
      onPress={onSend}
    />
  );
  return (
    <WaitingRow
      {...edit}
      name={`message ${place}`}
      text={text}
      lead={lead}
      more={more}
      buttons={send}
    />
  );
}

const whenText: Record<WaitingInput['kind'], string> = {
  steer: 'The agent reads it at its next step',
  queue: 'Opens the next turn',
};
