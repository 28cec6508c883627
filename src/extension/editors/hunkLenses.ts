import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { ChangedFile, Hunk } from '../../protocol/changes';
import { describeCount } from './describeChange';
import { reviewedDocuments } from './baselineUri';
import type { Review } from './review';

/**
 * VS Code asks for lenses a moment after it was told that they are others, and forgets it where the editor loses the
 * focus in that moment (its `CodeLensContribution` cancels on blur): what is settled would keep its lenses. So it is
 * told once more, later than it waits as a rule.
 */
const againMs = 1500;

/** What the commands of a lens are given. */
export interface HunkReference {
  readonly path: string;
  readonly hunkId: string;
}

/** A lens knows its place at once; what it says is worked out when it comes into sight. */
class LazyLens extends vscode.CodeLens {
  constructor(
    line: number,
    readonly describe: () => vscode.Command,
  ) {
    super(new vscode.Range(line, 0, line, 0));
  }
}

/** Accept, Reject and Compare over each pending hunk, in files, in diffs, and in what is left of deleted files. */
export class HunkLenses implements vscode.CodeLensProvider<LazyLens>, Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new vscode.EventEmitter<void>());
  private again: ReturnType<typeof setTimeout> | undefined;
  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(private readonly review: Review) {
    this.store.add(vscode.languages.registerCodeLensProvider(reviewedDocuments, this));
    this.store.add(
      review.onDidChange(({ uris }) => {
        const isOpen = vscode.workspace.textDocuments.some(({ uri }) =>
          uris.has(uri.with({ scheme: 'file' }).toString()),
        );
        if (isOpen) this.tell();
      }),
    );
    this.store.add({ dispose: () => clearTimeout(this.again) });
  }

  provideCodeLenses(document: vscode.TextDocument): LazyLens[] {
    const file = this.review.fileOf(document.uri);
    if (!file) return [];
    const isWhole = file.kind === 'delete' || file.coarse || file.hunks.length === 0;
    if (isWhole) return fileLenses(file, this.review.uriOf(file.path));
    return file.hunks.flatMap((hunk) => hunkLenses(file, hunk, document));
  }

  resolveCodeLens(lens: LazyLens): LazyLens {
    lens.command = lens.describe();
    return lens;
  }

  dispose(): void {
    this.store.dispose();
  }

  /** Twice: see `againMs`. */
  private tell(): void {
    this.changed.fire();
    clearTimeout(this.again);
    this.again = setTimeout(() => this.changed.fire(), againMs);
  }
}

function hunkLenses(file: ChangedFile, hunk: Hunk, document: vscode.TextDocument): LazyLens[] {
  const line = Math.min(hunk.liveStart, document.lineCount - 1);
  const reference: HunkReference = { path: file.path, hunkId: hunk.id };
  return [
    lens(line, () => vscode.l10n.t('Accept'), 'tandem.acceptHunk', reference),
    ...(file.viewOnly
      ? []
      : [lens(line, () => vscode.l10n.t('Reject'), 'tandem.rejectHunk', reference)]),
    lens(line, () => vscode.l10n.t('Compare'), 'tandem.compareHunk', reference),
    lens(line, () => describeCount(hunk)),
  ];
}

/** At the top of what is settled as a whole: a deleted file, other permissions, or too many places to mark each. */
function fileLenses(file: ChangedFile, uri: vscode.Uri): LazyLens[] {
  return [
    lens(0, () => vscode.l10n.t('Accept file'), 'tandem.acceptFile', uri),
    ...(file.viewOnly
      ? []
      : [lens(0, () => vscode.l10n.t('Reject file'), 'tandem.rejectFile', uri)]),
    ...(file.coarse
      ? [
          lens(0, () => vscode.l10n.t('Compare'), 'tandem.compareHunk', { path: file.path }),
          lens(
            0,
            () => vscode.l10n.t('Too many changes to mark here: see them in the diff of all files'),
            'tandem.openChanges',
          ),
        ]
      : [lens(0, () => describeWhole(file))]),
  ];
}

function describeWhole({ kind, binary, executable }: ChangedFile): string {
  if (kind === 'delete') return vscode.l10n.t('Deleted; this is the text last accepted');
  if (kind === 'add') return vscode.l10n.t('New file');
  if (binary) return vscode.l10n.t('Changed, and not as text');
  return executable?.live
    ? vscode.l10n.t('May be executed now')
    : vscode.l10n.t('May no longer be executed');
}

function lens(line: number, title: () => string, command = '', ...args: unknown[]): LazyLens {
  return new LazyLens(line, () => ({ title: title(), command, arguments: args }));
}
