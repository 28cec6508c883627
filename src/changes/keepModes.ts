import type { FileEdit } from '../ports/workspaceFiles';
import { sameBytes } from './content';

/**
 * Edits in which a file that comes back takes its permissions from the one that goes with the same content: the
 * rejected rename of a script leaves it executable.
 */
export function keepModes(edits: readonly FileEdit[]): FileEdit[] {
  return edits.map((edit) => {
    if (edit.expected !== null || edit.bytes === null) return edit;
    const source = edits.find(
      (other) => other.bytes === null && sameBytes(other.expected, edit.bytes),
    );
    return source ? { ...edit, modeOf: source.path } : edit;
  });
}
