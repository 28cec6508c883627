import type { ReactElement } from 'react';
import type { Attachment } from '../../../../src/protocol/input';
import { AttachmentChip } from '../../components/AttachmentChip';
import { useDraft, useView } from '../../viewContext';

/** What is attached to the message being written; pasted text can be put back into it. */
export function DraftChips(props: {
  readonly insert: (text: string) => void;
}): ReactElement | null {
  const { drafts } = useView();
  const { attachments } = useDraft();
  if (attachments.length === 0) return null;

  function expand(place: number, text: string): void {
    drafts.detach(place);
    props.insert(text);
  }
  return (
    <div className="chips">
      {attachments.map((attachment, place) => (
        <AttachmentChip
          key={place}
          attachment={attachment}
          onRemove={() => drafts.detach(place)}
          {...(isPasted(attachment) && { onExpand: () => expand(place, attachment.text) })}
        />
      ))}
    </div>
  );
}

function isPasted(attachment: Attachment): attachment is Extract<Attachment, { kind: 'text' }> {
  return attachment.kind === 'text' && attachment.source === 'paste';
}
