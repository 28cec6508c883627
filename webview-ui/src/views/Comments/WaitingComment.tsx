import { useRef, type KeyboardEvent, type ReactElement } from 'react';
import { commentPlace, type CodeComment } from '../../../../src/protocol/comments';
import { Button, IconButton } from '../../components/controls';
import { CommentLink } from '../../components/CommentLink';

/** One comment that waits: where it stands, its words, and what can be done with it. */
export function WaitingComment(props: {
  readonly comment: CodeComment;
  /** The words while they are edited. */
  readonly editedText: string | null;
  readonly onEdit: (text: string | null) => void;
  readonly onSave: (text: string) => void;
  readonly onRemove: () => void;
}): ReactElement {
  const { comment, editedText, onEdit, onSave, onRemove } = props;
  const row = useRef<HTMLLIElement>(null);
  const place = commentPlace(comment);

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
      <span className="comment-place">
        <CommentLink id={comment.id} />
        {comment.kind === 'rejection' && <span className="tag">rejected</span>}
      </span>
      {editedText === null ? (
        <>
          <span className="queue-text" title={comment.text}>
            {comment.text}
          </span>
          <span className="queue-buttons">
            <IconButton
              icon="edit"
              name={`Edit comment on ${place}`}
              tooltip="Edit"
              onPress={() => onEdit(comment.text)}
            />
            <IconButton
              icon="close"
              name={`Remove comment on ${place}`}
              tooltip="Remove"
              onPress={onRemove}
            />
          </span>
        </>
      ) : (
        <div className="queue-edit">
          <textarea
            className="field"
            aria-label={`Comment on ${place}`}
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
