import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { ChangedFile } from '../../protocol/changes';
import { spellOut } from '../../protocol/visibleText';
import { plainLine } from '../pickText';
import { baselineUri } from './baselineUri';
import { letteredUri, registerChangeLetters, type ChangeLetter } from './changeLetters';
import { describeKind } from './describeChange';
import type { Review } from './review';

/** The context value and id that the manifest's menus look for. */
export const sourceControlId = 'tandem';

/** A line of the list: all that a person sees of it. */
interface Row {
  readonly path: string;
  readonly renamedFrom: string | undefined;
  readonly letter: ChangeLetter;
  readonly tooltip: string;
  readonly viewOnly: boolean;
}

const letters = { add: 'A', update: 'M', delete: 'D' } as const;

/** Commands named in a tooltip, and characters of each. */
const maxOrigins = 3;
const maxLabel = 100;

/**
 * Pending changes as a source control of their own: gutter bars, the peek with the removed lines and its accept and
 * reject icons, and the list of files. It exists only while there is something to review.
 */
export class ChangesSourceControl implements Disposable, vscode.QuickDiffProvider {
  private readonly store = new DisposableStore();
  private control: vscode.SourceControl | undefined;
  private group: vscode.SourceControlResourceGroup | undefined;
  private rows: readonly Row[] = [];
  /** A file that did not change is the same object, and so is its row. */
  private readonly known = new WeakMap<ChangedFile, Row>();

  constructor(private readonly review: Review) {
    this.store.add(registerChangeLetters());
    this.store.add(review.onDidChange(() => this.update()));
    this.update();
  }

  provideOriginalResource(uri: vscode.Uri): vscode.Uri | undefined {
    const file = uri.scheme === 'file' ? this.review.fileOf(uri) : undefined;
    if (!file || file.binary) return undefined;
    const renamedFrom = this.review.renamedFrom(file.path);
    return baselineUri(renamedFrom === undefined ? uri : this.review.uriOf(renamedFrom));
  }

  dispose(): void {
    this.store.dispose();
    this.control?.dispose();
  }

  private update(): void {
    const { files } = this.review;
    if (files.length === 0) {
      this.control?.dispose();
      this.control = this.group = undefined;
      this.rows = [];
      return;
    }
    const rows = files
      .filter(({ path }) => !this.review.isRenamed(path))
      .map((file) => this.row(file));
    // What is typed into a file changes its hunks, not what the list says.
    const before = this.rows;
    this.rows = rows;
    if (rows.length === before.length && rows.every((row, index) => same(row, before[index]))) {
      return;
    }
    const control = this.open();
    control.count = rows.length;
    if (this.group) this.group.resourceStates = rows.map((row) => this.resource(row));
    // VS Code asks for a file's original once and keeps the answer, so a changed list needs a new provider.
    if (names(rows) === names(before)) return;
    (control as { quickDiffProvider?: vscode.QuickDiffProvider | undefined }).quickDiffProvider =
      undefined;
    control.quickDiffProvider = this;
  }

  private open(): vscode.SourceControl {
    if (this.control) return this.control;
    const folder = this.review.folder;
    const root = folder === undefined ? undefined : vscode.Uri.file(folder);
    this.control = vscode.scm.createSourceControl(sourceControlId, 'Tandem', root);
    this.control.inputBox.visible = false;
    this.group = this.control.createResourceGroup('pending', vscode.l10n.t('To Review'));
    this.group.hideWhenEmpty = true;
    return this.control;
  }

  private row(file: ChangedFile): Row {
    const renamedFrom = this.review.renamedFrom(file.path);
    const known = this.known.get(file);
    if (known && known.renamedFrom === renamedFrom) return known;
    const kind = describeKind(file, renamedFrom);
    const makers = file.origins
      .slice(-maxOrigins)
      .map(({ label }) => plainLine(label).slice(0, maxLabel));
    const row: Row = {
      path: file.path,
      renamedFrom,
      letter: renamedFrom === undefined ? letters[file.kind] : 'R',
      tooltip: [...oddName(file.path), capital(kind), ...new Set(makers)].join('\n'),
      viewOnly: file.viewOnly !== undefined,
    };
    this.known.set(file, row);
    return row;
  }

  private resource({ path, letter, tooltip, viewOnly }: Row): vscode.SourceControlResourceState {
    return {
      resourceUri: letteredUri(this.review.uriOf(path), letter),
      contextValue: viewOnly ? 'viewOnly' : letter,
      decorations: { tooltip, strikeThrough: letter === 'D', faded: viewOnly },
      command: {
        title: vscode.l10n.t('Compare'),
        command: 'tandem.compareHunk',
        arguments: [{ path }],
      },
    };
  }
}

/** VS Code draws the name of a file by itself: what cannot be seen in it is told beside it. */
function oddName(path: string): readonly string[] {
  const visible = spellOut(path);
  return visible === path
    ? []
    : [vscode.l10n.t('The name holds characters that are not seen: {0}', visible)];
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function same(row: Row, other: Row | undefined): boolean {
  return row === other || JSON.stringify(row) === JSON.stringify(other);
}

function names(rows: readonly Row[]): string {
  return rows.map(({ path, renamedFrom = '' }) => `${path}\0${renamedFrom}`).join('\n');
}
