import { relative, sep } from 'node:path';
import * as vscode from 'vscode';
import type { TextAttachment } from '../../protocol/input';
import { boundedText, nothingThere } from './boundedText';

/**
 * The errors and warnings of a folder's files, one a line, errors first.
 * @param isVisible says of an absolute path whether the agent may see it. @throws RequestError where there are none.
 */
export function attachProblems(
  folder: string,
  isVisible: (path: string) => boolean,
): TextAttachment {
  const problems = vscode.languages.getDiagnostics().flatMap(([uri, diagnostics]) => {
    const path = relative(folder, uri.fsPath);
    if (uri.scheme !== 'file' || path.startsWith('..') || !isVisible(uri.fsPath)) return [];
    return diagnostics
      .filter(({ severity }) => severity <= vscode.DiagnosticSeverity.Warning)
      .map((problem) => ({
        severity: problem.severity,
        line: problemLine(path.split(sep).join('/'), problem),
      }));
  });
  if (problems.length === 0) {
    throw nothingThere(vscode.l10n.t('There are no errors or warnings in this folder.'));
  }
  problems.sort((a, b) => a.severity - b.severity);
  const text = boundedText(problems.map(({ line }) => line));
  return { kind: 'text', source: 'problems', name: '', ...text };
}

const kinds = ['error', 'warning', 'information', 'hint'];

/** A problem in one line; `path` is as the agent names it. */
export function problemLine(
  path: string,
  { severity, range, message, source }: vscode.Diagnostic,
): string {
  const by = source === undefined ? '' : ` (${source})`;
  const words = message.replace(/\s*\n\s*/g, ' ');
  return `${path}:${range.start.line + 1}: ${kinds[severity]}: ${words}${by}`;
}
