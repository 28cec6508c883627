import { useEffect, useState } from 'react';
import { useAct } from '../../viewContext';
import { fileUris } from './receiveFiles';

/**
 * Takes what is dropped anywhere in the view; answers whether something is being dragged over it. VS Code lets a view
 * have a drop only while Shift is held.
 */
export function useDrop(take: (files: readonly File[]) => void): boolean {
  const act = useAct();
  const [over, setOver] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    const holdsFiles = ({ dataTransfer }: DragEvent) =>
      dataTransfer?.types.some((type) => /^(Files|.*uri-list)$/.test(type)) === true;
    const onDrag = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    document.addEventListener('dragenter', onDrag, { signal });
    document.addEventListener('dragover', onDrag, { signal });
    document.addEventListener(
      'dragleave',
      ({ relatedTarget }) => {
        if (relatedTarget === null) setOver(false);
      },
      { signal },
    );
    document.addEventListener(
      'drop',
      (event) => {
        setOver(false);
        if (!holdsFiles(event) || !event.dataTransfer) return;
        event.preventDefault();
        const uris = fileUris(event.dataTransfer);
        // A URI says more than a content without a place; the host knows what may be attached.
        if (uris.length > 0) act('attachment/drop', { uris });
        else take([...event.dataTransfer.files]);
      },
      { signal },
    );
    return () => stop.abort();
  }, [act, take]);
  return over;
}
