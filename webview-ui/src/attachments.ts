import * as l10n from '@vscode/l10n';
import type { Attachment, TextAttachment } from '../../src/protocol/input';
import { formatNumber } from './format';

/** What a chip says: `src/slug.js:1-4`, a path, an image's name, or what a text is. */
export function attachmentLabel(attachment: Attachment): string {
  switch (attachment.kind) {
    case 'selection': {
      const { path, startLine, endLine } = attachment;
      return startLine === endLine ? `${path}:${startLine}` : `${path}:${startLine}-${endLine}`;
    }
    case 'file':
      return attachment.path;
    case 'image':
      return attachment.name;
    case 'text':
      return textLabel(attachment);
  }
}

/** Two attachments of one key are the same thing: the later one takes the place of the earlier one. */
export function attachmentKey(attachment: Attachment): string {
  switch (attachment.kind) {
    case 'image':
      return `image ${attachment.name} ${attachment.dataUrl}`;
    case 'text': {
      const { source, name, text } = attachment;
      return source === 'paste' || source === 'drop' ? `${source} ${text}` : `${source} ${name}`;
    }
    default:
      return `${attachment.kind} ${attachmentLabel(attachment)}`;
  }
}

/** Lines of a text; a last one that is empty does not count. */
export function countLines(text: string): number {
  return text.replace(/\n$/, '').split('\n').length;
}

function textLabel({ source, name, text }: TextAttachment): string {
  const lines = countLines(text);
  switch (source) {
    case 'folder':
      return `${name}/`;
    case 'problems':
      return lines === 1 ? l10n.t('1 problem') : l10n.t('{0} problems', formatNumber(lines));
    case 'terminal':
      return l10n.t('Terminal {0}', name);
    case 'diff':
      return l10n.t('Git diff');
    case 'paste':
      return lines === 1
        ? l10n.t('Pasted text, 1 line')
        : l10n.t('Pasted text, {0} lines', formatNumber(lines));
    case 'drop':
      return name;
  }
}
