import * as vscode from 'vscode';
import type { Attachment } from '../protocol/input';
import type { Host } from './host';
import { problemLine } from './mentions/problemsText';
import { refuseHidden } from './refuseHidden';
import { RequestError } from './requestError';
import { activeFolder, pathInFolder } from './workspaceFolder';

/** Problems of a file, with the lines they are about. */
export interface AttachedProblems {
  /** As `src/slug.js:3`. */
  readonly place: string;
  readonly count: number;
  readonly attachments: readonly Attachment[];
}

/**
 * The problems that language servers report for a place: where a code action says, else the active editor's selection.
 * @throws RequestError where there are none, or the file is outside of the thread's folder or hidden from the agent.
 */
export async function problemAttachments(
  { shown, settings }: Pick<Host, 'shown' | 'settings'>,
  place: readonly unknown[],
): Promise<AttachedProblems> {
  const [uri, range] = placeOf(place);
  const folder = shown.current?.cwd ?? activeFolder()?.uri.fsPath;
  const problems = uri ? problemsAt(uri, range) : [];
  if (!uri || folder === undefined || problems.length === 0) {
    throw new RequestError('notFound', vscode.l10n.t('There is no problem on these lines.'));
  }
  const path = pathInFolder(folder, uri);
  refuseHidden(settings, folder, path);
  const document = await vscode.workspace.openTextDocument(uri);
  const all = problems.map((problem) => problem.range).reduce((one, other) => one.union(other));
  const lines = document.validateRange(new vscode.Range(all.start.line, 0, all.end.line + 1, 0));
  const text = document.getText(lines).replace(/\r?\n$/, '');
  return {
    place: `${path}:${all.start.line + 1}`,
    count: problems.length,
    attachments: [
      {
        kind: 'text',
        source: 'problems',
        name: '',
        text: problems.map((problem) => problemLine(path, problem)).join('\n'),
      },
      { kind: 'selection', path, startLine: all.start.line + 1, endLine: all.end.line + 1, text },
    ],
  };
}

function problemsAt(uri: vscode.Uri, range: vscode.Range): readonly vscode.Diagnostic[] {
  const { start, end } = range;
  return vscode.languages
    .getDiagnostics(uri)
    .filter(
      (problem) => problem.range.start.line <= end.line && problem.range.end.line >= start.line,
    );
}

/** Commands may be called with anything. */
function placeOf([uri, range]: readonly unknown[]): [vscode.Uri | undefined, vscode.Range] {
  if (uri instanceof vscode.Uri && range instanceof vscode.Range) return [uri, range];
  const editor = vscode.window.activeTextEditor;
  return [editor?.document.uri, editor?.selection ?? new vscode.Range(0, 0, 0, 0)];
}
