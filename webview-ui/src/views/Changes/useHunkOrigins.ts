import { useEffect, useState } from 'react';
import type { HunkOrigins } from '../../../../src/protocol/changePreview';
import type { ChangeSet } from '../../../../src/protocol/changes';
import { useView } from '../../viewContext';

/** Which calls made which hunk; undefined while that is not wanted or not known yet. */
export function useHunkOrigins(changeSet: ChangeSet, wanted: boolean): HunkOrigins | undefined {
  const { connection } = useView();
  const [origins, setOrigins] = useState<HunkOrigins>();
  const several = wanted && changeSet.files.some((file) => file.origins.length > 1);
  useEffect(() => {
    if (!several) return;
    let current = true;
    connection.request('changes/origins', {}).then(
      (found) => current && setOrigins(found),
      // Each file then counts as its newest call's.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [connection, several, changeSet]);
  return several ? origins : undefined;
}
