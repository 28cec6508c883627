import { useCallback } from 'react';
import { useView } from '../../viewContext';
import { receiveFiles } from './receiveFiles';

/** Attaches files that came with their content, and says what could not be taken. */
export function useTakeFiles(): (files: readonly File[]) => void {
  const { drafts, threads } = useView();
  return useCallback(
    (files) => {
      void receiveFiles(files).then(({ attachments, problems }) => {
        drafts.attach(attachments);
        threads.report(problems.length > 0 ? problems.join(' ') : null);
      });
    },
    [drafts, threads],
  );
}
