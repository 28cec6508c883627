import type { TreeChange } from '../../ports/contentStore';
import type { ContentId } from '../../protocol/ids';

const link = '120000';
const executable = '100755';

/** Reads `git diff-tree -r -z --raw`. */
export function parseTreeChanges(output: string): TreeChange[] {
  const fields = output.split('\0');
  const changes: TreeChange[] = [];
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const [modeBefore = '', modeAfter = '', before = '', after = ''] = (fields[index] ?? '')
      .replace(/^:/, '')
      .split(' ');
    const canExecute = { before: modeBefore === executable, after: modeAfter === executable };
    changes.push({
      path: fields[index + 1] ?? '',
      before: contentId(before),
      after: contentId(after),
      ...((modeBefore === link || modeAfter === link) && { link: true }),
      ...((canExecute.before || canExecute.after) && { executable: canExecute }),
    });
  }
  return changes;
}

function contentId(hash: string): ContentId | null {
  return /^0+$/.test(hash) ? null : hash;
}

/** Reads `git diff-files -z --name-status`: paths that look changed, and those that are gone. */
export function parseFileStatus(output: string): { changed: string[]; gone: string[] } {
  const fields = output.split('\0');
  const changed: string[] = [];
  const gone: string[] = [];
  for (let index = 0; index + 1 < fields.length; index += 2) {
    (fields[index] === 'D' ? gone : changed).push(fields[index + 1] ?? '');
  }
  return { changed, gone };
}
