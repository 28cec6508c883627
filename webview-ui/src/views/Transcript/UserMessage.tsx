import type { ReactElement } from 'react';
import type { UserInput } from '../../../../src/protocol/input';
import { AttachmentChip } from '../../components/AttachmentChip';

/** What the person said, with what they attached. */
export function UserMessage({ input }: { readonly input: UserInput }): ReactElement {
  return (
    <div className="user-message">
      <span className="visually-hidden">You said:</span>
      {input.attachments.length > 0 && (
        <div className="chips">
          {input.attachments.map((attachment, index) => (
            <AttachmentChip key={index} attachment={attachment} />
          ))}
        </div>
      )}
      {input.text}
    </div>
  );
}
