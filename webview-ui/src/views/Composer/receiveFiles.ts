import * as l10n from '@vscode/l10n';
import type { Attachment } from '../../../../src/protocol/input';

/** Pictures that models take. */
const imageTypes = /^image\/(png|jpeg|gif|webp)$/;
const maxImageBytes = 10 * 1024 * 1024;
const maxTextBytes = 200 * 1024;
/** Longer pasted text is attached instead: in the textbox nobody could see the words around it. */
const maxPastedCharacters = 2_000;
const maxPastedLines = 25;

/** What was made of files, and why something was not taken, in words for people. */
export interface ReceivedFiles {
  readonly attachments: readonly Attachment[];
  readonly problems: readonly string[];
}

/** Makes attachments of files that come with their content: pictures, and texts from outside of VS Code. */
export async function receiveFiles(files: readonly File[]): Promise<ReceivedFiles> {
  const attachments: Attachment[] = [];
  const problems: string[] = [];
  for (const file of files) {
    const received = await receiveFile(file).catch(() =>
      l10n.t(
        '{0} could not be read. Folders can be dropped from the explorer of VS Code.',
        file.name,
      ),
    );
    if (typeof received === 'string') problems.push(received);
    else attachments.push(received);
  }
  return { attachments, problems };
}

/** The attachment, or why there is none. */
async function receiveFile(file: File): Promise<Attachment | string> {
  const { name, type, size } = file;
  if (type === 'image/svg+xml') {
    return l10n.t('{0} is a drawing that models cannot look at. Attach it as PNG.', name);
  }
  if (imageTypes.test(type)) {
    if (size > maxImageBytes)
      return l10n.t('{0} is too large: an image may have at most 10 MB.', name);
    return { kind: 'image', name, dataUrl: await readDataUrl(file) };
  }
  if (type.startsWith('image/')) {
    return l10n.t('{0} is no PNG, JPEG, GIF or WebP image.', name);
  }
  if (size > maxTextBytes) {
    return l10n.t('{0} is too large: a file from outside may have at most 200 KB.', name);
  }
  const text = await file.text();
  if (/[\0\ufffd]/.test(text)) return l10n.t('{0} is neither an image nor text.', name);
  return { kind: 'text', source: 'drop', name, text };
}

function readDataUrl(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(new Error('The file cannot be read.'));
    reader.readAsDataURL(file);
  });
}

/** True for text that is better attached than put between a person's own words. */
export function isLargeText(text: string): boolean {
  return text.length > maxPastedCharacters || text.split('\n').length > maxPastedLines;
}

/** URIs of files that VS Code or a file manager hands over; other addresses are no files. */
export function fileUris(data: DataTransfer): readonly string[] {
  const list = data.getData('application/vnd.code.uri-list') || data.getData('text/uri-list');
  return list
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => /^(file|vscode-remote):/.test(line));
}
