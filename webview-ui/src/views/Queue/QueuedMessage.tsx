import { useRef, type KeyboardEvent, type ReactElement } from 'react';
import type { WaitingInput } from '../../../../src/protocol/input';
import { Button, IconButton } from '../../components/controls';

/** One message that waits: its kind, its words, and what can be done with it. */
export function QueuedMessage(props: {
  readonly message: WaitingInput;
  /** Counts from 1; part of the buttons' names. */
  readonly place: number;
  /** The words while they are edited. */
  readonly editedText: string | null;
  readonly onEdit: (text: string | null) => void;
  readonly onSave: (text: string) => void;
  readonly onRemove: () => void;
  /** Absent while a turn runs. */
  readonly onSend?: () => void;
}): ReactElement {
  const { message, place, editedText, onEdit, onSave, onRemove, onSend } = props;
  const row = useRef<HTMLLIElement>(null);
  const { text, attachments } = message.input;

  function endEdit(saved: string | null): void {
    if (saved === null) onEdit(null);
    else if (saved.trim() !== '') onSave(saved.trim());
    else return;
    row.current?.focus();
  }
  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape' || (event.key === 'Enter' && !event.shiftKey)) {
      event.preventDefault();
      endEdit(event.key === 'Enter' ? editedText : null);
    }
  }

  return (
    <li className="queue-item" ref={row} tabIndex={-1}>
      <span className="tag" title={whenText[message.kind]}>
        {message.kind === 'steer' ? 'Steer' : 'Queue'}
      </span>
      {editedText === null ? (
        <>
          <span className="queue-text" title={text}>
            {text}
            {attachments.length > 0 && (
              <span className="muted">
                {' '}
                (+{attachments.length} attachment{attachments.length > 1 && 's'})
              </span>
            )}
          </span>
          <span className="queue-buttons">
            {onSend && (
              <IconButton
                icon="arrow-up"
                name={`Send message ${place} now`}
                tooltip="Send now"
                onPress={onSend}
              />
            )}
            <IconButton
              icon="edit"
              name={`Edit message ${place}`}
              tooltip="Edit"
              onPress={() => onEdit(text)}
            />
            <IconButton
              icon="close"
              name={`Remove message ${place}`}
              tooltip="Remove"
              onPress={onRemove}
            />
          </span>
        </>
      ) : (
        <div className="queue-edit">
          <textarea
            className="field"
            aria-label={`Message ${place}`}
            // The person asked for it by pressing Edit.
            autoFocus
            rows={1}
            value={editedText}
            onChange={(event) => onEdit(event.target.value)}
            onKeyDown={onKeyDown}
          />
          <span className="queue-edit-buttons">
            <Button
              look="primary"
              disabled={editedText.trim() === ''}
              onPress={() => endEdit(editedText)}
            >
              Save
            </Button>
            <Button onPress={() => endEdit(null)}>Cancel</Button>
          </span>
        </div>
      )}
    </li>
  );
}

const whenText: Record<WaitingInput['kind'], string> = {
  steer: 'The agent reads it at its next step',
  queue: 'Opens the next turn',
};
