import type { ClipboardEvent } from 'react';
import { useView } from '../../viewContext';
import { isLargeText } from './receiveFiles';

/**
 * Takes what is better attached than put into the text: pictures, and long text. Programs that copy a text as a
 * picture too mean the text.
 */
export function usePaste(
  take: (files: readonly File[]) => void,
): (event: ClipboardEvent<HTMLTextAreaElement>) => void {
  const { drafts } = useView();
  return (event) => {
    const { clipboardData } = event;
    const text = clipboardData.getData('text/plain');
    const files = [...clipboardData.files];
    if (text === '' && files.length > 0) {
      event.preventDefault();
      take(files);
    } else if (isLargeText(text)) {
      event.preventDefault();
      drafts.attach([
        { kind: 'text', source: 'paste', name: '', text: text.replace(/\r\n?/g, '\n') },
      ]);
    }
  };
}
