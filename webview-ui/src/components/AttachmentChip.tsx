import * as l10n from '@vscode/l10n';
import type { ReactElement } from 'react';
import type { Attachment } from '../../../src/protocol/input';
import { spellOut } from '../../../src/protocol/visibleText';
import { attachmentLabel } from '../draftStore';
import { splitPath } from '../format';
import { useAct } from '../viewContext';
import { IconButton } from './controls';
import { Icon } from './Icon';
import { VisibleText } from './VisibleText';

const icons = { selection: 'file', file: 'file', image: 'file-media' } as const;

/** Something attached, as `slug.js:1-4`: it opens the file, and can be taken out where `onRemove` is given. */
export function AttachmentChip(props: {
  readonly attachment: Attachment;
  readonly onRemove?: () => void;
}): ReactElement {
  const { attachment, onRemove } = props;
  const act = useAct();
  const label = attachmentLabel(attachment);
  const content = (
    <>
      <Icon name={icons[attachment.kind]} />
      <span className="chip-label">
        <VisibleText kind="name" text={splitPath(label).name} />
      </span>
    </>
  );
  return (
    <span className="chip" title={spellOut(label)}>
      {attachment.kind === 'image' ? (
        <span className="chip-body">{content}</span>
      ) : (
        <button
          type="button"
          className="chip-body"
          onClick={() => act('file/open', placeOf(attachment))}
        >
          {content}
        </button>
      )}
      {onRemove && (
        <IconButton icon="close" name={l10n.t('Remove {0}', spellOut(label))} onPress={onRemove} />
      )}
    </span>
  );
}

function placeOf(attachment: Exclude<Attachment, { kind: 'image' }>) {
  const { path } = attachment;
  return attachment.kind === 'selection' ? { path, line: attachment.startLine } : { path };
}
