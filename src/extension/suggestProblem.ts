import { relative, sep } from 'node:path';
import * as vscode from 'vscode';
import type { Suggestion } from '../protocol/viewProtocol';

/**
 * The file of a folder (absolute) with most errors, as VS Code's language servers report them; undefined where they
 * report none. The words of an error are not part of it: they may come from the folder, and nobody has read them.
 */
export function suggestProblem(folder: string): Suggestion | undefined {
  const files = vscode.languages.getDiagnostics().flatMap(([uri, diagnostics]) => {
    const path = relative(folder, uri.fsPath).split(sep).join('/');
    if (uri.scheme !== 'file' || path === '' || path.startsWith('..')) return [];
    const errors = diagnostics.filter(
      ({ severity }) => severity === vscode.DiagnosticSeverity.Error,
    );
    const [first] = errors;
    return first ? [{ path, count: errors.length, line: first.range.start.line + 1 }] : [];
  });
  const [worst] = files.sort((a, b) => b.count - a.count || (a.path < b.path ? -1 : 1));
  if (!worst) return undefined;
  const { path, count, line } = worst;
  const subject = count === 1 ? `${path}:${line}` : path;
  const label =
    count === 1
      ? vscode.l10n.t('Fix the error in {0}', subject)
      : vscode.l10n.t('Fix the {0} errors in {1}', count, subject);
  return { kind: 'problem', label, subject, prompt: label };
}
