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
      .map(({ severity, range, message, source }) => {
        const kind = severity === vscode.DiagnosticSeverity.Error ? 'error' : 'warning';
        const place = `${path.split(sep).join('/')}:${range.start.line + 1}`;
        const by = source === undefined ? '' : ` (${source})`;
        return { severity, line: `${place}: ${kind}: ${message.replace(/\s*\n\s*/g, ' ')}${by}` };
      });
  });
  if (problems.length === 0) {
    throw nothingThere(vscode.l10n.t('There are no errors or warnings in this folder.'));
  }
  problems.sort((a, b) => a.severity - b.severity);
  const text = boundedText(problems.map(({ line }) => line));
  return { kind: 'text', source: 'problems', name: '', ...text };
}
