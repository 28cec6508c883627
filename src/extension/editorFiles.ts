import * as l10n from '@vscode/l10n';
import { createHash } from 'node:crypto';
import { chmod, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable';
import { Emitter } from '../base/emitter';
import {
  EditConflictError,
  FileAccessError,
  type FileEdit,
  type FileTouch,
  type SavedFurther,
  type WorkspaceFiles,
} from '../ports/workspaceFiles';
import { documentBytes, sameBytes, textForDocument } from './documentText';
import { minimalEdit } from './minimalEdit';
import { saveWatched } from './saveWatched';

/** Own writes are remembered so that the watcher's late report of them is recognised; this many at most. */
const rememberedWrites = 1000;

interface DocumentEdit {
  readonly path: string;
  readonly document: vscode.TextDocument;
  readonly before: string;
  readonly after: string;
  /** False for a document with unsaved changes: it stays unsaved. */
  readonly save: boolean;
  readonly executable: boolean | undefined;
}

/**
 * The files of a folder as the person sees them. Unsaved text in an editor wins over the disk; an edit of an open
 * document goes through the editor (one undo stop) wherever saving it gives exactly the bytes that were asked for,
 * everything else through the disk.
 */
export class EditorFiles implements WorkspaceFiles, Disposable {
  private readonly store = new DisposableStore();
  private readonly touched = this.store.add(new Emitter<FileTouch>());
  private readonly applying = new Set<string>();
  /** Files in which the person typed while they were saved. */
  private readonly typedMeanwhile = new Set<string>();
  private readonly written = new Map<string, string>();
  readonly onDidChange = this.touched.event;
  readonly root: string;

  constructor(private readonly disk: WorkspaceFiles) {
    this.root = disk.root;
    this.store.add(vscode.workspace.onDidChangeTextDocument((event) => void this.onTyped(event)));
    this.store.add(vscode.workspace.onDidRenameFiles((event) => this.onMoved(event)));
    const pattern = new vscode.RelativePattern(vscode.Uri.file(this.root), '**/*');
    const watcher = this.store.add(vscode.workspace.createFileSystemWatcher(pattern));
    for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) {
      this.store.add(event((uri) => void this.onDiskChanged(uri)));
    }
  }

  async read(path: string): Promise<Uint8Array | null> {
    // The disk is asked in any case: it refuses paths that leave the root.
    const onDisk = await this.disk.read(path);
    const document = await this.documentAt(path);
    if (!document?.isDirty) return onDisk;
    return documentBytes(document) ?? (await encode(document));
  }

  pathOfTarget(path: string): Promise<string> {
    return this.disk.pathOfTarget(path);
  }

  isExecutable(path: string): Promise<boolean> {
    return this.disk.isExecutable(path);
  }

  setLink(path: string, target: Uint8Array | null, expected: Uint8Array | null): Promise<void> {
    return this.disk.setLink(path, target, expected);
  }

  async apply(edits: readonly FileEdit[]): Promise<readonly SavedFurther[]> {
    const inEditors: DocumentEdit[] = [];
    const onDisk: FileEdit[] = [];
    for (const edit of edits) {
      if (!sameBytes(await this.read(edit.path), edit.expected)) {
        throw new EditConflictError(edit.path);
      }
      const { path, leadsTo } = edit;
      if (leadsTo !== undefined && (await this.pathOfTarget(path)) !== leadsTo) {
        throw new EditConflictError(path);
      }
      await this.refuseUnsaved(edit);
      const inEditor = await this.documentEdit(edit);
      if (inEditor) inEditors.push(inEditor);
      else onDisk.push(edit);
    }
    const touched = await this.alsoTargets(edits.map(({ path }) => path));
    for (const path of touched) {
      this.applying.add(path);
      this.typedMeanwhile.delete(path);
    }
    try {
      await this.disk.apply(onDisk);
      for (const { path, bytes } of onDisk) this.remember(path, bytes);
      try {
        await this.applyInEditors(inEditors);
      } catch (error) {
        await this.disk.apply(onDisk.map(inverse));
        for (const { path, expected } of onDisk) this.remember(path, expected);
        throw error;
      }
    } finally {
      for (const path of touched) this.applying.delete(path);
    }
    return this.savedFurther(inEditors);
  }

  dispose(): void {
    this.store.dispose();
  }

  /** The edit of an open document; undefined where the edit belongs on the disk. @throws FileAccessError */
  private async documentEdit(edit: FileEdit): Promise<DocumentEdit | undefined> {
    const document = await this.documentAt(edit.path);
    if (!document || (edit.expected === null && !document.isDirty)) return undefined;
    const after = edit.bytes && textForDocument(document, edit.bytes);
    if (document.isDirty && typeof after !== 'string') {
      throw new FileAccessError(() =>
        edit.bytes
          ? l10n.t('{0} has unsaved changes and cannot be edited; save it first.', edit.path)
          : l10n.t('{0} has unsaved changes and cannot be deleted; save it first.', edit.path),
      );
    }
    if (typeof after !== 'string') return undefined;
    const mine = documentBytes(document);
    if (!mine || !sameBytes(mine, edit.expected)) return undefined;
    const save = !document.isDirty;
    // Saving writes into the file itself, and so into every other name it has; the disk gives this name a file of its own.
    if (save && (await hasSecondName(document.uri.fsPath))) return undefined;
    const { path, executable } = edit;
    return { path, document, before: document.getText(), after, save, executable };
  }

  private async applyInEditors(edits: readonly DocumentEdit[]): Promise<void> {
    // The person may have typed, or closed the file, while the other files were written.
    const overtaken = edits.find(({ document, before }) => !stillHolds(document, before));
    if (overtaken) throw new EditConflictError(overtaken.path);
    // Where only the permissions change there is no text to edit.
    const first = edits.find(({ before, after }) => before !== after);
    // VS Code refuses the edit where a document has another version by the time it gets there.
    if (first && !(await vscode.workspace.applyEdit(workspaceEdit(edits)))) {
      throw new EditConflictError(first.path);
    }
    const unsaved = await this.saveAll(edits.filter(({ save }) => save));
    if (unsaved === undefined) return this.setPermissions(edits);
    // What the person typed into meanwhile is theirs now and stays.
    const back = edits
      .filter(({ document, after }) => stillHolds(document, after))
      .map((edit) => ({ ...edit, before: edit.after, after: edit.before }));
    await vscode.workspace.applyEdit(workspaceEdit(back));
    await this.saveAll(back.filter(({ save, path }) => save && path !== unsaved));
    throw new FileAccessError(() =>
      l10n.t('{0} could not be saved; nothing was changed.', unsaved),
    );
  }

  /** Changes the permissions alone, so that an editor with unsaved text does not think its file was written. */
  private async setPermissions(edits: readonly DocumentEdit[]): Promise<void> {
    for (const { path, executable } of edits) {
      if (executable === undefined) continue;
      const file = join(this.root, path);
      const mode = (await stat(file)).mode & 0o777;
      await chmod(file, executable ? mode | ((mode & 0o444) >> 2) : mode & ~0o111);
    }
  }

  /** Saves documents one by one; the path of the first that could not be saved. */
  private async saveAll(edits: readonly DocumentEdit[]): Promise<string | undefined> {
    for (const { path, document, after } of edits) {
      // Typed into since: what the person did not save is not saved for them.
      if (!stillHolds(document, after)) continue;
      const { saved, typed } = await saveWatched(document);
      if (typed) this.typedMeanwhile.add(path);
      if (!saved) return path;
      this.remember(path, documentBytes(document) ?? null);
    }
    return undefined;
  }

  /** A formatter that runs on save, or a person who typed meanwhile, changed more than was asked for. */
  private savedFurther(edits: readonly DocumentEdit[]): readonly SavedFurther[] {
    return edits.flatMap(({ path, document, after }) => {
      if (document.getText() === after) return [];
      const isTyped = document.isDirty || this.typedMeanwhile.has(path);
      const bytes = isTyped ? undefined : documentBytes(document);
      if (bytes) return [{ path, bytes }];
      this.touched.fire({ path, by: 'typing' });
      return [];
    });
  }

  private async onTyped(event: vscode.TextDocumentChangeEvent): Promise<void> {
    const { document, contentChanges, reason } = event;
    const path = this.pathOf(document.uri);
    if (path === undefined || contentChanges.length === 0 || this.applying.has(path)) return;
    if (reason !== undefined) return this.touched.fire({ path, by: 'undo' });
    // VS Code says that a document is dirty only after this event, so the disk tells whether it was loaded again.
    const text = documentBytes(document) ?? null;
    const onDisk = await this.disk.read(path).catch(() => null);
    if (!sameBytes(text, onDisk)) {
      // The disk may be ahead of what was loaded again: only typing leaves a document unsaved.
      const by = (await becomesDirty(document)) ? 'typing' : 'disk';
      return this.touched.fire({ path, by });
    }
    if (this.written.get(path) !== digest(text)) this.touched.fire({ path, by: 'disk' });
  }

  /** A file or a folder got another path in the editor; unsaved text went with it. */
  private onMoved({ files }: vscode.FileRenameEvent): void {
    for (const { oldUri, newUri } of files) {
      const [movedFrom, path] = [this.pathOf(oldUri), this.pathOf(newUri)];
      if (movedFrom !== undefined && path !== undefined) {
        this.touched.fire({ path, by: 'typing', movedFrom });
      }
    }
  }

  private async onDiskChanged(uri: vscode.Uri): Promise<void> {
    const path = this.pathOf(uri);
    if (path === undefined || path.startsWith('.git/') || this.applying.has(path)) return;
    const mine = this.written.get(path);
    if (mine !== undefined) {
      const now = await this.disk.read(path).then(digest, () => undefined);
      if (now === mine) return;
      this.written.delete(path);
    }
    this.touched.fire({ path, by: 'disk' });
  }

  private remember(path: string, bytes: Uint8Array | null): void {
    this.written.delete(path);
    this.written.set(path, digest(bytes));
    for (const oldest of this.written.keys()) {
      if (this.written.size <= rememberedWrites) break;
      this.written.delete(oldest);
    }
  }

  /** What an editor holds that is no text of this file's own cannot be edited there, and is not written under. */
  private async refuseUnsaved({ path }: FileEdit): Promise<void> {
    const target = await this.disk.pathOfTarget(path);
    const { notebookDocuments, textDocuments } = vscode.workspace;
    for (const { isDirty, uri } of [...notebookDocuments, ...textDocuments]) {
      const other = isDirty ? this.pathOf(uri) : undefined;
      if (other === undefined || (await this.disk.pathOfTarget(other)) !== target) continue;
      if (notebookDocuments.some((notebook) => notebook.uri.toString() === uri.toString())) {
        throw new FileAccessError(() =>
          l10n.t('{0} has unsaved changes in a notebook; save it first.', path),
        );
      }
      if (other !== path && other !== target) {
        throw new FileAccessError(() =>
          l10n.t('{0} has unsaved changes under the name {1}; save it first.', path, other),
        );
      }
    }
  }

  /** These paths, and those of the files they lead to through links. */
  private async alsoTargets(paths: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set([
      ...paths,
      ...(await Promise.all(paths.map((path) => this.disk.pathOfTarget(path)))),
    ]);
  }

  /** The open document of a file, also where `path` leads to it through links. */
  private async documentAt(path: string): Promise<vscode.TextDocument | undefined> {
    return this.documentOf(path) ?? this.documentOf(await this.disk.pathOfTarget(path));
  }

  private documentOf(path: string): vscode.TextDocument | undefined {
    const uri = vscode.Uri.file(join(this.root, path)).toString();
    return vscode.workspace.textDocuments.find(
      (document) => !document.isClosed && document.uri.toString() === uri,
    );
  }

  private pathOf(uri: vscode.Uri): string | undefined {
    if (uri.scheme !== 'file') return undefined;
    const path = relative(this.root, uri.fsPath);
    if (path === '' || path.startsWith('..')) return undefined;
    return sep === '/' ? path : path.replaceAll(sep, '/');
  }
}

async function hasSecondName(path: string): Promise<boolean> {
  const info = await stat(path).catch(() => undefined);
  return info !== undefined && info.nlink > 1;
}

function stillHolds(document: vscode.TextDocument, text: string): boolean {
  return !document.isClosed && document.getText() === text;
}

function workspaceEdit(edits: readonly DocumentEdit[]): vscode.WorkspaceEdit {
  const result = new vscode.WorkspaceEdit();
  for (const { document, before, after } of edits) {
    const change = minimalEdit(before, after);
    if (!change) continue;
    const range = new vscode.Range(
      document.positionAt(change.start),
      document.positionAt(change.end),
    );
    result.replace(document.uri, range, change.text);
  }
  return result;
}

async function encode(document: vscode.TextDocument): Promise<Uint8Array> {
  return vscode.workspace.encode(document.getText(), { encoding: document.encoding });
}

function inverse({ path, bytes, expected }: FileEdit): FileEdit {
  return { path, bytes: expected, expected: bytes };
}

function digest(bytes: Uint8Array | null): string {
  return bytes === null ? 'absent' : createHash('sha256').update(bytes).digest('base64');
}

/** Whether a document that just changed is unsaved, which VS Code says a moment after the change. */
async function becomesDirty(document: vscode.TextDocument): Promise<boolean> {
  for (let waited = 0; waited < 100 && !document.isDirty; waited += 10) await delay(10);
  return document.isDirty;
}
