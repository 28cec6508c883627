import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import { findPlace } from '../../changes/commentPlace';
import type { CodeComment } from '../../protocol/comments';
import type { Review } from '../editors/review';
import { RequestError } from '../requestError';
import type { Shown } from '../shownThread';
import { conversationsOf, isResolved, personComment, stateLabel, toComments } from './commentWords';
import type { CommentThreads } from './commentThreads';

/** What the menus of the manifest look for; the first comment's id follows. */
const contextPrefix = 'tandem.comment:';

interface ShownComment {
  readonly thread: vscode.CommentThread;
  /** What it says, to tell whether that changed. */
  said: string;
}

/**
 * The person's comments on the code of the shown thread, each with its replies and the agent's answers beside its
 * lines. Nothing opens by itself; what was settled before is not shown again.
 */
export class CodeComments implements Disposable {
  private readonly store = new DisposableStore();
  private readonly byRoot = new Map<string, ShownComment>();
  /** True while the person writes: what appears then they want to see. */
  private writing = false;

  constructor(
    private readonly comments: CommentThreads,
    private readonly host: { readonly shown: Shown; readonly review: Review },
  ) {
    const { shown, review } = host;
    this.store.add(
      shown.onDidChange(() => {
        this.clear();
        this.update();
      }),
    );
    this.store.add(
      shown.onEvent(({ type }) => {
        if (relevant.has(type)) this.update();
      }),
    );
    this.store.add(
      review.onDidChange(({ uris }) => {
        const isCommented = ({ thread }: ShownComment) => uris.has(thread.uri.toString());
        if ([...this.byRoot.values()].some(isCommented)) this.update();
      }),
    );
    this.store.add(vscode.workspace.onDidOpenTextDocument(() => this.update()));
    this.update();
  }

  /** The threads that are shown now. */
  get threads(): readonly vscode.CommentThread[] {
    return [...this.byRoot.values()].map(({ thread }) => thread);
  }

  /** Keeps what the person wrote into a thread: a new comment, or a reply where one stands there. @throws JournalError */
  async add({ thread, text }: vscode.CommentReply): Promise<void> {
    const { shown, review } = this.host;
    const current = shown.current;
    const path = review.fileOf(thread.uri)?.path ?? this.rootOf(thread)?.path;
    if (!current || path === undefined || !thread.range || text.trim() === '') return;
    const { start, end } = thread.range;
    const spot = { path, startLine: start.line + 1, endLine: end.line + 1 };
    const replyTo = this.rootOf(thread)?.id;
    this.writing = true;
    try {
      await current.comments.add(replyTo === undefined ? spot : { ...spot, replyTo }, text.trim());
    } finally {
      this.writing = false;
    }
    // What it was written into is the editor's own; ours stands in its place.
    if (replyTo === undefined) thread.dispose();
  }

  /** Opens the file of a comment at its lines, with its thread open where one is shown. @throws RequestError */
  async reveal(commentId: string): Promise<void> {
    const comment = this.host.shown.state?.comments.find(({ id }) => id === commentId);
    if (!comment) throw new RequestError('notFound', vscode.l10n.t('There is no such comment.'));
    const { path, anchor, replyTo = commentId } = comment;
    const document = await vscode.workspace.openTextDocument(this.host.review.uriOf(path));
    const selection = this.rangeOf(comment) ?? rangeAt(anchor.startLine, anchor.endLine);
    await vscode.window.showTextDocument(document, { selection });
    const shown = this.byRoot.get(replyTo);
    if (shown) shown.thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
  }

  /** Lets the person change the words of a comment. */
  beginEdit(commentId: string): void {
    this.setMode(commentId, vscode.CommentMode.Editing);
  }

  /** Shows the comment as it is kept. */
  endEdit(commentId: string): void {
    for (const shown of this.byRoot.values()) {
      if (shown.thread.comments.some((comment) => personComment(comment)?.commentId === commentId))
        shown.said = '';
    }
    this.update();
  }

  dispose(): void {
    this.store.dispose();
    this.clear();
  }

  private setMode(commentId: string, mode: vscode.CommentMode): void {
    for (const { thread } of this.byRoot.values()) {
      if (!thread.comments.some((comment) => personComment(comment)?.commentId === commentId))
        continue;
      thread.comments = thread.comments.map((comment) =>
        personComment(comment)?.commentId === commentId ? { ...comment, mode } : comment,
      );
    }
  }

  private rootOf(thread: vscode.CommentThread): CodeComment | undefined {
    const [id] = [...this.byRoot].find(([, shown]) => shown.thread === thread) ?? [];
    return this.host.shown.state?.comments.find((comment) => comment.id === id);
  }

  private clear(): void {
    for (const { thread } of this.byRoot.values()) thread.dispose();
    this.byRoot.clear();
  }

  private update(): void {
    const { shown, review } = this.host;
    const all = shown.state?.comments ?? [];
    if (all.length === 0 && this.byRoot.size === 0) return;
    const conversations = conversationsOf(all);
    for (const [id, { thread }] of this.byRoot) {
      if (conversations.some(([root]) => root.id === id)) continue;
      thread.dispose();
      this.byRoot.delete(id);
    }
    for (const conversation of conversations) {
      const [root] = conversation;
      const file = review.files.find(({ path }) => path === root.path);
      const resolved = isResolved(conversation, file);
      const known = this.byRoot.get(root.id);
      if (!known && resolved) continue;
      const made = known ?? this.create(root);
      this.show(made, conversation, resolved);
    }
  }

  private create(root: CodeComment): ShownComment {
    const thread = this.comments.create(
      this.host.review.uriOf(root.path),
      this.rangeOf(root) ?? rangeAt(root.anchor.startLine, root.anchor.endLine),
      [],
    );
    thread.contextValue = contextPrefix + root.id;
    thread.collapsibleState = this.writing
      ? vscode.CommentThreadCollapsibleState.Expanded
      : vscode.CommentThreadCollapsibleState.Collapsed;
    const made = { thread, said: '' };
    this.byRoot.set(root.id, made);
    return made;
  }

  private show(
    shown: ShownComment,
    conversation: readonly [CodeComment, ...CodeComment[]],
    resolved: boolean,
  ): void {
    const { thread } = shown;
    const range = this.rangeOf(conversation[0]);
    if (range && !thread.range?.isEqual(range)) thread.range = range;
    const canReply = !this.host.shown.readOnly;
    const said = JSON.stringify([conversation, resolved, canReply]);
    // What the person is editing in there stays as it is until something is new.
    if (said === shown.said) return;
    shown.said = said;
    thread.canReply = canReply;
    thread.comments = toComments(conversation);
    thread.label = stateLabel(conversation, resolved);
    thread.state = resolved
      ? vscode.CommentThreadState.Resolved
      : vscode.CommentThreadState.Unresolved;
  }

  /** Where the comment stands in the open document; undefined where it is not open, or has its lines no more. */
  private rangeOf({ path, anchor }: CodeComment): vscode.Range | undefined {
    const uri = this.host.review.uriOf(path).toString();
    const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri);
    const place = document && findPlace(document.getText().split(/\r\n|\r|\n/), anchor);
    return place && rangeAt(place.startLine, place.endLine);
  }
}

const relevant: ReadonlySet<string> = new Set([
  'comment.written',
  'comment.withdrawn',
  'item.completed',
  'thread.restored',
  'restore.undone',
]);

/** The lines, from 1; the first of the two around it where nothing stands between them. */
function rangeAt(startLine: number, endLine: number): vscode.Range {
  const first = Math.max(0, startLine - 1);
  return new vscode.Range(first, 0, Math.max(first, endLine - 1), 0);
}
