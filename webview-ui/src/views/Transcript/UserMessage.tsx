import * as l10n from '@vscode/l10n';
import type { ReactElement } from 'react';
import type { UserMessageItem } from '../../../../src/protocol/items';
import { AttachmentChip } from '../../components/AttachmentChip';
import { CopyButton } from '../../components/CopyButton';
import { VisibleText } from '../../components/VisibleText';
import { SentComments } from '../Comments/SentComments';
import { RestoreMessageButton } from '../Restore/RestoreButton';
import { ForkButton } from './ForkButton';

/** What the person said, with what they attached, and a way to say it differently in another thread. */
export function UserMessage({ item }: { readonly item: UserMessageItem }): ReactElement {
  const { input } = item;
  return (
    <div className="user-message-frame">
      <div className="user-message">
        <span className="visually-hidden">You said:</span>
        {input.comments && <SentComments comments={input.comments} />}
        {input.attachments.length > 0 && (
          <div className="chips">
            {input.attachments.map((attachment, index) => (
              <AttachmentChip key={index} attachment={attachment} />
            ))}
          </div>
        )}
        <VisibleText kind="prose" text={input.text} />
      </div>
      <span className="fork message-actions">
        <CopyButton text={() => input.text} name={l10n.t('Copy message')} />
        <RestoreMessageButton itemId={item.id} />
        <ForkButton itemId={item.id} />
      </span>
    </div>
  );
}
