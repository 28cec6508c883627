import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { Hunk } from '../../protocol/changes';
import { describeCount } from './describeChange';
import type { HunkReference } from './hunkLenses';
import { hunkAtLine } from './hunks';
import type { Review } from './review';

/** A hover is no place to read more; the diff is. */
const hoverLines = 40;

/** Only these can be run by what stands in a hover. */
const enabledCommands = ['tandem.acceptHunk', 'tandem.rejectHunk', 'tandem.compareHunk'];

/** The removed text of the hunk under the pointer, with links that settle it. */
export class HunkHovers implements vscode.HoverProvider, Disposable {
  private readonly store = new DisposableStore();

  constructor(private readonly review: Review) {
    this.store.add(vscode.languages.registerHoverProvider({ scheme: 'file' }, this));
  }

  provideHover(document: vscode.TextDocument, { line }: vscode.Position): vscode.Hover | undefined {
    const file = this.review.fileOf(document.uri);
    const hunk = file && !file.coarse ? hunkAtLine(file, line) : undefined;
    if (!file || !hunk || hunk.baseCount === 0) return undefined;
    const reference: HunkReference = { path: file.path, hunkId: hunk.id };
    const actions = [
      link(vscode.l10n.t('Accept'), 'tandem.acceptHunk', reference),
      ...(file.viewOnly ? [] : [link(vscode.l10n.t('Reject'), 'tandem.rejectHunk', reference)]),
      link(vscode.l10n.t('Compare'), 'tandem.compareHunk', reference),
    ];
    const text = new vscode.MarkdownString(`${describeCount(hunk)} · ${actions.join(' · ')}`);
    text.isTrusted = { enabledCommands };
    // The removed text is the workspace's: a code block, so nothing in it is taken for Markdown or a link.
    text.appendCodeblock(removedText(hunk), document.languageId);
    return new vscode.Hover(text);
  }

  dispose(): void {
    this.store.dispose();
  }
}

function removedText({ removed, baseCount }: Hunk): string {
  const lines = removed.slice(0, hoverLines);
  if (baseCount > lines.length) lines.push('…');
  return lines.join('\n');
}

function link(title: string, command: string, reference: HunkReference): string {
  return `[${title}](command:${command}?${encodeURIComponent(JSON.stringify([reference]))})`;
}
