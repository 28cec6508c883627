import { useRef, type KeyboardEvent, type ReactElement, type ReactNode } from 'react';
import { Button, IconButton } from './controls';
import { VisibleText } from './VisibleText';

/** How a list of waiting things edits one of them, and what its controls are called. */
export interface WaitingEdit {
  /** The words while they are edited. */
  readonly editedText: string | null;
  readonly onEdit: (text: string | null) => void;
  readonly onSave: (text: string) => void;
  readonly onRemove: () => void;
}

/** One thing of the person's that waits to be told: its words, which can be edited and removed until then. */
export function WaitingRow(
  props: WaitingEdit & {
    /** Whose words these are, as a screen reader says it: `Edit message 1`, and `Message 1` for the field. */
    readonly name: string;
    readonly text: string;
    /** Before the words. */
    readonly lead: ReactNode;
    /** After the words. */
    readonly more?: ReactNode;
    /** Before the buttons of every row. */
    readonly buttons?: ReactNode;
  },
): ReactElement {
  const { name, text, lead, more, buttons, editedText, onEdit, onSave, onRemove } = props;
  const row = useRef<HTMLLIElement>(null);

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
      {lead}
      {editedText === null ? (
        <>
          <span className="queue-text" title={text}>
            <VisibleText kind="prose" text={text} />
            {more}
          </span>
          <span className="queue-buttons">
            {buttons}
            <IconButton
              icon="edit"
              name={`Edit ${name}`}
              tooltip="Edit"
              onPress={() => onEdit(text)}
            />
            <IconButton icon="close" name={`Remove ${name}`} tooltip="Remove" onPress={onRemove} />
          </span>
        </>
      ) : (
        <div className="queue-edit">
          <textarea
            className="field"
            aria-label={name.charAt(0).toUpperCase() + name.slice(1)}
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
