import * as l10n from '@vscode/l10n';
import type { ReactElement } from 'react';
import type { Attachment, TextSource } from '../../../src/protocol/input';
import { spellOut } from '../../../src/protocol/visibleText';
import { attachmentLabel } from '../attachments';
import { splitPath } from '../format';
import { useAct } from '../viewContext';
import { IconButton } from './controls';
import { Icon, type IconName } from './Icon';
import { VisibleText } from './VisibleText';

const textIcons: Readonly<Record<TextSource, IconName>> = {
  folder: 'folder',
  problems: 'warning',
  terminal: 'terminal',
  diff: 'diff-multiple',
  paste: 'note',
  drop: 'file',
};

/** Something attached, as `slug.js:1-4`: it opens its place or its text, and can be taken out where `onRemove` is given. */
export function AttachmentChip(props: {
  readonly attachment: Attachment;
  readonly onRemove?: () => void;
  /** Puts an attached text into the message itself. */
  readonly onExpand?: () => void;
}): ReactElement {
  const { attachment, onRemove, onExpand } = props;
  const act = useAct();
  const label = attachmentLabel(attachment);
  const note = chipNote(attachment);
  const content = (
    <>
      {attachment.kind === 'image' ? (
        <img className="chip-picture" src={attachment.dataUrl} alt="" />
      ) : (
        <AttachmentIcon attachment={attachment} />
      )}
      <span className="chip-label">
        <VisibleText kind="name" text={shortLabel(attachment, label)} />
      </span>
      {note && <span className="chip-note">{note}</span>}
    </>
  );
  const open = opener(attachment, act);
  return (
    <span
      className={`chip ${attachment.kind === 'selection' && attachment.gone ? 'gone' : ''}`}
      title={chipTitle(attachment, spellOut(label))}
    >
      {open ? (
        <button type="button" className="chip-body" onClick={open}>
          {content}
        </button>
      ) : (
        <span className="chip-body">{content}</span>
      )}
      {onExpand && (
        <IconButton
          icon="unfold"
          name={l10n.t('Put {0} into the message', spellOut(label))}
          onPress={onExpand}
        />
      )}
      {onRemove && (
        <IconButton icon="close" name={l10n.t('Remove {0}', spellOut(label))} onPress={onRemove} />
      )}
    </span>
  );
}

function AttachmentIcon({ attachment }: { readonly attachment: Attachment }): ReactElement {
  if (attachment.kind === 'text') return <Icon name={textIcons[attachment.source]} />;
  const isGone = attachment.kind === 'selection' && attachment.gone;
  return isGone ? <Icon name="warning" tone="warning" /> : <Icon name="file" />;
}

/** What is to be known about an attachment beside its name; empty for most. */
function chipNote(attachment: Attachment): string {
  if (attachment.kind === 'selection') return attachment.gone ? l10n.t('gone') : '';
  return attachment.kind === 'text' && attachment.cut ? l10n.t('shortened') : '';
}

function chipTitle(attachment: Attachment, label: string): string {
  if (attachment.kind === 'selection' && attachment.gone) {
    return l10n.t('{0}: these lines are not there any more; they are sent as they were', label);
  }
  return attachment.kind === 'text' && attachment.cut
    ? l10n.t('{0}: more was there than is sent', label)
    : label;
}

/** Without the folders of a path. */
function shortLabel(attachment: Attachment, label: string): string {
  return attachment.kind === 'text' ? label : splitPath(label).name;
}

/** What a click on it does; undefined for a picture, which is looked at where it stands. */
function opener(attachment: Attachment, act: ReturnType<typeof useAct>): (() => void) | undefined {
  switch (attachment.kind) {
    case 'image':
      return undefined;
    case 'text':
      return () => act('attachment/open', { text: attachment.text });
    case 'file':
      return () => act('file/open', { path: attachment.path });
    case 'selection':
      return () => act('file/open', { path: attachment.path, line: attachment.startLine });
  }
}
