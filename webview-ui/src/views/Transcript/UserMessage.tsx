import * as l10n from '@vscode/l10n';
import type { ReactElement } from 'react';
import type { UserMessageItem } from '../../../../src/protocol/items';
import { AttachedImages } from '../../components/AttachedImages';
import { AttachmentChip } from '../../components/AttachmentChip';
import { CopyButton } from '../../components/CopyButton';
import { VisibleText } from '../../components/VisibleText';
import { SentComments } from '../Comments/SentComments';
import { RestoreMessageButton } from '../Restore/RestoreButton';
import { ForkButton } from './ForkButton';

/** What the person said, with what they attached, and a way to say it differently in another thread. */
export function UserMessage({ item }: { readonly item: UserMessageItem }): ReactElement {
  const { input } = item;
  const images = input.attachments.filter((each) => each.kind === 'image');
  const others = input.attachments.filter((each) => each.kind !== 'image');
  return (
    <div className="user-message-frame">
      <div className="user-message">
        <span className="visually-hidden">{l10n.t('You said:')}</span>
        {input.comments && <SentComments comments={input.comments} />}
        {images.length > 0 && <AttachedImages images={images} />}
        {others.length > 0 && (
          <div className="chips">
            {others.map((attachment, index) => (
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
