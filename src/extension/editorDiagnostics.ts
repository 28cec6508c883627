import { join, relative, sep } from 'node:path';
import * as vscode from 'vscode';
import type { Diagnostic, Diagnostics, DiagnosticsWatch } from '../ports/diagnostics';

/** Language servers get this long to look at an edit. */
const patienceMs = 1_000;
/** Servers report in pieces: the answer is taken once none has spoken for this long. */
const quietMs = 150;

/** What the language servers of VS Code say of the files of a folder. */
export function createEditorDiagnostics(root: string): Diagnostics {
  return {
    watch: (paths) => watch(root, paths),
    remember() {
      const before = vscode.languages.getDiagnostics().map(([uri]) => uri);
      const known = problemsOf(root, before);
      return (paths) => withoutKnown(problemsOf(root, urisOf(root, paths)), known);
    },
  };
}

function watch(root: string, paths: readonly string[]): DiagnosticsWatch {
  const uris = urisOf(root, paths);
  const names = new Set(uris.map(String));
  const known = problemsOf(root, uris);
  // Servers mostly look at open files; where none does there is nothing to wait for.
  const isLookedAt =
    known.length > 0 ||
    vscode.workspace.textDocuments.some((document) => names.has(document.uri.toString()));
  let spokenAt: number | undefined;
  const listener = vscode.languages.onDidChangeDiagnostics((event) => {
    if (event.uris.some((uri) => names.has(uri.toString()))) spokenAt = Date.now();
  });
  return {
    async newProblems(signal) {
      const until = Date.now() + patienceMs;
      const isWaiting = () => spokenAt === undefined || Date.now() - spokenAt < quietMs;
      while (isLookedAt && isWaiting() && Date.now() < until && !signal.aborted) await pause(25);
      return withoutKnown(problemsOf(root, uris), known);
    },
    dispose: () => void listener.dispose(),
  };
}

function urisOf(root: string, paths: readonly string[]): readonly vscode.Uri[] {
  return paths.map((path) => vscode.Uri.file(join(root, path)));
}

function problemsOf(root: string, uris: readonly vscode.Uri[]): readonly Diagnostic[] {
  return uris.flatMap((uri) => {
    const path = relative(root, uri.fsPath).replaceAll(sep, '/');
    return vscode.languages.getDiagnostics(uri).flatMap(({ severity, range, message }) => {
      const name = severityName(severity);
      const [text = ''] = message.split('\n');
      return name ? [{ path, line: range.start.line + 1, severity: name, message: text }] : [];
    });
  });
}

function severityName(severity: vscode.DiagnosticSeverity): Diagnostic['severity'] | undefined {
  if (severity === vscode.DiagnosticSeverity.Error) return 'error';
  return severity === vscode.DiagnosticSeverity.Warning ? 'warning' : undefined;
}

/** Lines move with every edit, so problems are the same by what they say; equal ones are counted. */
function withoutKnown(
  now: readonly Diagnostic[],
  known: readonly Diagnostic[],
): readonly Diagnostic[] {
  const counts = new Map<string, number>();
  const keyOf = ({ path, severity, message }: Diagnostic) => `${path}\n${severity}\n${message}`;
  for (const problem of known) {
    counts.set(keyOf(problem), (counts.get(keyOf(problem)) ?? 0) + 1);
  }
  return now.filter((problem) => {
    const left = counts.get(keyOf(problem)) ?? 0;
    if (left > 0) counts.set(keyOf(problem), left - 1);
    return left === 0;
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
