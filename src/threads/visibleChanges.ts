import { resolvePath } from '../base/paths';
import type { HiddenFiles } from '../ports/hiddenFiles';
import type { FileChangeSummary } from '../protocol/items';

/** What of a thread tells which files the agent must not see. */
export interface Sight {
  /** Absolute folder that paths of changes are relative to. */
  readonly cwd: string;
  readonly hiddenFiles: HiddenFiles;
}

/** Whether the model may see what is in a file; `path` is relative to the thread's folder. */
export function isVisible({ cwd, hiddenFiles }: Sight, path: string): boolean {
  return !hiddenFiles.isHidden(resolvePath(cwd, path));
}

/** Changes as the model may see them: of hidden files only that they changed. */
export function visibleChanges(
  sight: Sight,
  changes: readonly FileChangeSummary[],
): readonly FileChangeSummary[] {
  return changes.map((change) => {
    if (isVisible(sight, change.path)) return change;
    const { savedFurther: _, ...rest } = change;
    return { ...rest, diff: '' };
  });
}
