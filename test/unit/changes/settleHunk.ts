import {
  acceptHunks,
  applyLineEdits,
  rejectHunks,
  type LineEdit,
} from '../../../src/changes/resolveHunk';
import type { Hunk } from '../../../src/protocol/changes';

/** The baseline after one hunk was accepted. */
export function acceptHunk(baseline: string, live: string, hunk: Hunk): string {
  return applyLineEdits(baseline, acceptHunks(live, [hunk]));
}

/** The edit of the live text that rejects one hunk. */
export function rejectHunk(baseline: string, hunk: Hunk): LineEdit {
  const [edit] = rejectHunks(baseline, [hunk]);
  if (!edit) throw new Error('A hunk has an edit.');
  return edit;
}

export function applyLineEdit(text: string, edit: LineEdit): string {
  return applyLineEdits(text, [edit]);
}
