import * as l10n from '@vscode/l10n';
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
    /** As a screen reader says it: `Message 1` for the field, `Edit message 1` and `Remove message 1`. */
    readonly names: { readonly field: string; readonly edit: string; readonly remove: string };
    readonly text: string;
    /** Before the words. */
    readonly lead: ReactNode;
    /** After the words. */
    readonly more?: ReactNode;
    /** Before the buttons of every row. */
    readonly buttons?: ReactNode;
  },
): ReactElement {
  const { names, text, lead, more, buttons, editedText, onEdit, onSave, onRemove } = props;
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
              name={names.edit}
              tooltip={l10n.t('Edit')}
              onPress={() => onEdit(text)}
            />
            <IconButton
              icon="close"
              name={names.remove}
              tooltip={l10n.t('Remove')}
              onPress={onRemove}
            />
          </span>
        </>
      ) : (
        <div className="queue-edit">
          <textarea
            className="field"
            aria-label={names.field}
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
              {l10n.t('Save')}
            </Button>
            <Button onPress={() => endEdit(null)}>{l10n.t('Cancel')}</Button>
          </span>
        </div>
      )}
    </li>
  );
}
