import { relative, sep } from 'node:path';
import * as vscode from 'vscode';
import type { SymbolMention } from '../../protocol/mentions';

const maxSymbols = 30;
/** Language servers of large projects may take seconds; nobody waits for those. */
const patienceMs = 3_000;

/**
 * Declarations whose name the language servers find for what is typed, in files of a folder (absolute).
 * @param isVisible says of an absolute path whether the agent may see it.
 */
export async function findSymbols(
  folder: string,
  query: string,
  isVisible: (path: string) => boolean,
): Promise<readonly SymbolMention[]> {
  const asked = vscode.commands.executeCommand<vscode.SymbolInformation[] | undefined>(
    'vscode.executeWorkspaceSymbolProvider',
    query,
  );
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, patienceMs, undefined));
  const found = (await Promise.race([asked, late])) ?? [];
  const mentions: SymbolMention[] = [];
  for (const { name, containerName, location } of found) {
    const path = relative(folder, location.uri.fsPath);
    if (location.uri.scheme !== 'file' || path.startsWith('..')) continue;
    if (!isVisible(location.uri.fsPath)) continue;
    mentions.push({
      kind: 'symbol',
      name,
      container: containerName,
      path: path.split(sep).join('/'),
      startLine: location.range.start.line + 1,
      endLine: location.range.end.line + 1,
    });
    if (mentions.length === maxSymbols) break;
  }
  return mentions;
}

/** The whole lines of a declaration: servers may tell only where its name stands. */
export async function linesOfSymbol(
  document: vscode.TextDocument,
  { name, startLine, endLine }: SymbolMention,
): Promise<vscode.Range> {
  const known = wholeLines(document, startLine - 1, endLine - 1);
  if (endLine > startLine) return known;
  const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>(
    'vscode.executeDocumentSymbolProvider',
    document.uri,
  );
  const declared = flatten(symbols ?? []).find(
    (symbol) =>
      symbol.name === name && 'selectionRange' in symbol && symbol.range.contains(known.start),
  );
  return declared
    ? wholeLines(document, declared.range.start.line, declared.range.end.line)
    : known;
}

function flatten(symbols: readonly vscode.DocumentSymbol[]): readonly vscode.DocumentSymbol[] {
  return symbols.flatMap((symbol) => [symbol, ...flatten(symbol.children ?? [])]);
}

function wholeLines(document: vscode.TextDocument, start: number, end: number): vscode.Range {
  const last = Math.min(end, document.lineCount - 1);
  const first = Math.min(start, last);
  return new vscode.Range(first, 0, last, document.lineAt(last).text.length);
}
