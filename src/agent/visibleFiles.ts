import * as l10n from '@vscode/l10n';
import { hiddenReason } from '../policy/hiddenReads';
import { protectedPart } from '../policy/protectedPaths';
import { resolvePath } from '../base/paths';
import type { HiddenFiles } from '../ports/hiddenFiles';
import type { Search } from '../ports/search';
import { FileAccessError, type ToolFiles, type WorkspaceFiles } from '../ports/workspaceFiles';

/** The files as tools may use them: what is hidden is neither read nor written, whatever name leads to it. */
export function visibleFiles(files: WorkspaceFiles, hidden: HiddenFiles): ToolFiles {
  const requireVisible = async (...paths: readonly string[]) => {
    await renew(hidden);
    const found = paths.find((path) => hidden.isHidden(resolvePath(files.root, path)));
    if (found !== undefined) throw new FileAccessError(() => hiddenReason(found));
  };
  return {
    root: files.root,
    onDidChange: files.onDidChange,
    async read(path) {
      await requireVisible(path);
      return files.read(path);
    },
    async pathOfTarget(path) {
      await requireVisible(path);
      return files.pathOfTarget(path);
    },
    async isExecutable(path) {
      await requireVisible(path);
      return files.isExecutable(path);
    },
    async apply(edits) {
      await requireVisible(...edits.map(({ path }) => path));
      const judged = edits.map(async (edit) => {
        const leadsTo = await files.pathOfTarget(edit.path);
        requireSameProtection(edit.path, leadsTo);
        return { ...edit, leadsTo };
      });
      return files.apply(await Promise.all(judged));
    },
  };
}

/** What was not asked about by its own name is not written by another one. @throws FileAccessError */
function requireSameProtection(path: string, target: string): void {
  const part = protectedPart(target);
  if (part === undefined || protectedPart(path) !== undefined) return;
  throw new FileAccessError(() =>
    l10n.t(
      '{0} leads to {1} through a link, and {2} is protected; edit it by its own path.',
      path,
      target,
      part,
    ),
  );
}

/** Searches that find nothing in hidden files. */
export function visibleSearch(search: Search, hidden: HiddenFiles): Search {
  return {
    async search(query, signal) {
      await renew(hidden);
      if (hidden.isHidden(query.path)) throw new FileAccessError(() => hiddenReason(query.path));
      return search.search({ ...query, leaveOut: (path) => hidden.isHidden(path) }, signal);
    },
  };
}

/** Second names of hidden files are known once they are listed; names and links count even where that fails. */
async function renew(hidden: HiddenFiles): Promise<void> {
  await hidden.list().catch(() => undefined);
}
