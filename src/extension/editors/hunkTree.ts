import * as vscode from 'vscode';
import { baseName } from '../../base/paths';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { ChangedFile, Hunk } from '../../protocol/changes';
import { spellOut } from '../../protocol/visibleText';
import { plainLine } from '../pickText';
import { countOfChanges, describeKind, describeLines } from './describeChange';
import type { HunkReference } from './hunkLenses';
import type { Review } from './review';

/** A changed file; `resourceUri` is what the commands on files look for. */
export interface FileNode {
  readonly path: string;
  readonly resourceUri: vscode.Uri;
}

/** A hunk is what the commands on hunks take. */
export type TreeNode = FileNode | HunkReference;

/**
 * Pending changes as a tree of files and hunks, for keyboards and screen readers: each label says by itself where it
 * stands and what it does. VS Code asks only for what is unfolded in a view that can be seen.
 */
export class HunkTree implements vscode.TreeDataProvider<TreeNode>, Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = this.store.add(new vscode.EventEmitter<FileNode[] | undefined>());
  private nodes: readonly FileNode[] = [];
  private known = '';
  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly review: Review) {
    this.store.add(review.onDidChange(({ uris }) => this.update(uris)));
    this.update(new Set());
  }

  getChildren(node?: TreeNode): TreeNode[] {
    if (!node) return [...this.nodes];
    const file = 'hunkId' in node ? undefined : this.fileOf(node.path);
    if (!file || !isUnfoldable(file)) return [];
    return file.hunks.map(({ id }) => ({ path: file.path, hunkId: id }));
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    const file = this.fileOf(node.path);
    if (!file) return new vscode.TreeItem(baseName(node.path));
    if (!('hunkId' in node)) return this.fileItem(file, node);
    const index = file.hunks.findIndex(({ id }) => id === node.hunkId);
    const hunk = file.hunks[index];
    return hunk ? this.hunkItem(file, hunk, index) : new vscode.TreeItem('');
  }

  getParent(node: TreeNode): FileNode | undefined {
    return 'hunkId' in node ? this.nodes.find(({ path }) => path === node.path) : undefined;
  }

  dispose(): void {
    this.store.dispose();
  }

  private update(uris: ReadonlySet<string>): void {
    const paths = this.review.files
      .map(({ path }) => path)
      .filter((path) => !this.review.isRenamed(path));
    const known = paths.join('\0');
    if (known !== this.known) {
      this.known = known;
      this.nodes = paths.map((path) => ({ path, resourceUri: this.review.uriOf(path) }));
      this.changed.fire(undefined);
      return;
    }
    // The same files: only those that changed are drawn anew.
    const nodes = this.nodes.filter(({ resourceUri }) => uris.has(resourceUri.toString()));
    if (nodes.length > 0) this.changed.fire(nodes);
  }

  private fileItem(file: ChangedFile, { resourceUri }: FileNode): vscode.TreeItem {
    const kind = describeKind(file, this.review.renamedFrom(file.path));
    const count = isUnfoldable(file) ? countOfChanges(file.hunks.length) : kind;
    const item = new vscode.TreeItem(
      resourceUri,
      isUnfoldable(file)
        ? vscode.TreeItemCollapsibleState.Collapsed
        : vscode.TreeItemCollapsibleState.None,
    );
    item.id = file.path;
    item.label = spellOut(baseName(file.path));
    item.description = [spellOut(folderOf(file.path)), count]
      .filter((part) => part !== '')
      .join(' · ');
    item.tooltip = `${spellOut(file.path)}\n${kind}`;
    item.iconPath = vscode.ThemeIcon.File;
    item.contextValue = file.viewOnly ? 'viewOnlyFile' : 'file';
    item.accessibilityInformation = {
      label: vscode.l10n.t(
        '{0}, {1}, {2} lines removed, {3} added',
        spellOut(file.path),
        kind === count ? kind : `${kind}, ${count}`,
        file.removed,
        file.added,
      ),
    };
    item.command = open(this.review.documentOf(file), 0);
    if (file.binary) {
      item.command = {
        title: vscode.l10n.t('Compare'),
        command: 'tandem.compareHunk',
        arguments: [{ path: file.path }],
      };
    }
    return item;
  }

  private hunkItem(file: ChangedFile, hunk: Hunk, index: number): vscode.TreeItem {
    const lines = describeLines(hunk);
    const item = new vscode.TreeItem(lines[0]?.toUpperCase() + lines.slice(1));
    item.id = `${file.path}\0${hunk.id}`;
    item.description = `−${hunk.baseCount} +${hunk.liveCount}  ${firstLine(hunk)}`;
    item.iconPath = new vscode.ThemeIcon(iconOf(hunk));
    item.contextValue = file.viewOnly ? 'viewOnlyHunk' : 'hunk';
    item.accessibilityInformation = {
      label: vscode.l10n.t(
        'Change {0} of {1} in {2}, {3}, {4} removed, {5} added',
        index + 1,
        file.hunks.length,
        spellOut(file.path),
        lines,
        hunk.baseCount,
        hunk.liveCount,
      ),
    };
    item.command = open(this.review.documentOf(file), hunk.liveStart);
    return item;
  }

  private fileOf(path: string): ChangedFile | undefined {
    return this.review.fileOf(this.review.uriOf(path));
  }
}

/** New, deleted and binary files are settled whole. */
function isUnfoldable({ kind, hunks }: ChangedFile): boolean {
  return kind === 'update' && hunks.length > 0;
}

function iconOf({ baseCount, liveCount }: Hunk): string {
  if (liveCount === 0) return 'diff-removed';
  return baseCount === 0 ? 'diff-added' : 'diff-modified';
}

function firstLine({ added, removed }: Hunk): string {
  const lines = added.length > 0 ? added : removed;
  const line = lines.find((each) => each.trim() !== '') ?? '';
  return plainLine(line.slice(0, 1000)).slice(0, 80);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Opens a document at a line and gives it the focus, as the person asked to go there. */
function open(uri: vscode.Uri, line: number): vscode.Command {
  const options: vscode.TextDocumentShowOptions = { selection: new vscode.Range(line, 0, line, 0) };
  return { title: vscode.l10n.t('Open'), command: 'vscode.open', arguments: [uri, options] };
}

/** Shows the tree in the view that the manifest names; it is there while there is something to review. */
export function registerHunkTree(review: Review): Disposable {
  const store = new DisposableStore();
  const treeDataProvider = store.add(new HunkTree(review));
  store.add(
    vscode.window.createTreeView('tandem.hunks', { treeDataProvider, showCollapseAll: true }),
  );
  return store;
}
