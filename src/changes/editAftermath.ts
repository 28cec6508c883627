import { truncateMiddle } from '../base/truncateText';
import { summarizeChange } from './summarizeChange';
import type { Diagnostic } from '../ports/diagnostics';
import type { FileEdit, SavedFurther } from '../ports/workspaceFiles';
import type { FileChangeSummary } from '../protocol/items';

/** Problems the model is told of after one edit. */
const maxProblems = 20;
/** Tokens of the differences that saving made. */
const maxSavedTokens = 2_000;

/** What saving changed further in an edited file; empty where the file was saved as it was written. */
export function furtherChanges(
  edits: readonly FileEdit[],
  saved: readonly SavedFurther[],
): readonly FileChangeSummary[] {
  return saved.flatMap(({ path, bytes }) => {
    const edit = edits.find((written) => written.path === path);
    return edit ? [summarizeChange(path, edit.bytes, bytes)] : [];
  });
}

/** Tells the model what a formatter changed when its edit was saved. */
export function savedText(further: readonly FileChangeSummary[]): readonly string[] {
  if (further.length === 0) return [];
  const diffs = further.map(({ path, diff }) => `${path}\n${diff.trimEnd()}`).join('\n');
  return [
    'Saving changed further lines (format on save), so the files now differ from the patch:',
    truncateMiddle(diffs, maxSavedTokens),
  ];
}

/** Tells the model which problems its edit brought. */
export function problemsText(problems: readonly Diagnostic[]): readonly string[] {
  if (problems.length === 0) return [];
  const left = problems.length - maxProblems;
  return [
    'New problems after this edit:',
    ...problems
      .slice(0, maxProblems)
      .map(({ path, line, severity, message }) => `${path}:${line} ${severity} ${message}`),
    ...(left > 0 ? [`(${left} more)`] : []),
  ];
}
