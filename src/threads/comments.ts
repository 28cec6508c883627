import { anchorAt, findPlace, linesOf } from '../changes/commentPlace';
import { FileAccessError, type WorkspaceFiles } from '../ports/workspaceFiles';
import { partsOf, type ChangedFile, type Hunk } from '../protocol/changes';
import {
  nextCommentId,
  waitingComments,
  type CodeComment,
  type CommentAnchor,
  type CommentedHunk,
  type SentComment,
  type WrittenComment,
} from '../protocol/comments';
import type { ThreadEvent, ThreadEventBody } from '../protocol/events';
import type { TurnId } from '../protocol/ids';
import type { ThreadState } from '../protocol/threadState';

/** Lines of a hunk that a comment keeps, on each side. */
const keptHunkLines = 40;
/** Rejections that a reason can still be given for. */
const keptRejections = 50;

/** What comments need of their thread. */
export interface CommentPorts {
  readonly state: () => ThreadState;
  readonly files: Pick<WorkspaceFiles, 'read'>;
  emit(body: ThreadEventBody): void;
}

/** Where a new comment is to stand; lines from 1, both included. */
export interface CommentSpot {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly replyTo?: string;
}

interface Rejected {
  readonly file: ChangedFile;
  readonly hunk: Hunk;
}

/**
 * What the person writes about code: kept as facts of the thread, found again after edits, and handed to the turn that
 * runs next. What a rejection was about is remembered for a while, so that its reason may come after it.
 */
export class Comments {
  private rejected: Rejected[] = [];

  constructor(private readonly ports: CommentPorts) {}

  get all(): readonly CodeComment[] {
    return this.ports.state().comments;
  }

  /** Takes in the next event, before the change set that follows from it. */
  observe(event: ThreadEvent): void {
    if (event.type !== 'hunk.resolved' || event.resolution !== 'reject') return;
    const { files } = this.ports.state().changes;
    const rejected = partsOf(event.target, files).flatMap(({ path, hunkIds }): Rejected[] => {
      const file = files.find((candidate) => candidate.path === path);
      const hunks = file?.hunks.filter(({ id }) => hunkIds?.includes(id) ?? true) ?? [];
      return file ? hunks.map((hunk) => ({ file, hunk })) : [];
    });
    this.rejected = [...rejected.slice(0, keptRejections), ...this.rejected].slice(
      0,
      keptRejections,
    );
  }

  /** Puts a comment on lines of a file. @throws FileAccessError, JournalError */
  async add(spot: CommentSpot, text: string): Promise<CodeComment> {
    const { path, replyTo } = spot;
    const anchor = anchorAt(
      linesOf(await this.ports.files.read(path)),
      spot.startLine,
      spot.endLine,
    );
    const hunk = this.hunkAt(path, anchor);
    const about = hunk ? ({ kind: 'hunk', hunk } as const) : ({ kind: 'lines' } as const);
    return this.write({
      ...about,
      path,
      anchor,
      text,
      ...(replyTo === undefined ? {} : { replyTo }),
    });
  }

  /**
   * Says why a hunk was rejected, a moment ago. Undefined where that is not known any more.
   * @throws FileAccessError, JournalError
   */
  async explainRejection(
    { path, hunkId }: { readonly path: string; readonly hunkId: string },
    text: string,
  ): Promise<CodeComment | undefined> {
    const found = this.rejected.find(({ file, hunk }) => file.path === path && hunk.id === hunkId);
    if (!found) return undefined;
    const { hunk } = found;
    const lines = await this.read(path);
    const start = hunk.liveStart + 1;
    const restored = { startLine: start, endLine: start + hunk.baseCount - 1, lines: hunk.removed };
    const place =
      hunk.baseCount > 0 ? findPlace(lines, { ...restored, before: [], after: [] }) : undefined;
    const { startLine, endLine } = place ?? restored;
    const anchor = anchorAt(lines, startLine, endLine);
    return this.write({ kind: 'rejection', path, hunk: keep(hunk), anchor, text });
  }

  /** Changes the words of a comment that waits; false where it does not any more. */
  edit(id: string, text: string): boolean {
    const comment = this.waiting(id);
    if (comment)
      this.ports.emit({ type: 'comment.written', comment: { ...written(comment), text } });
    return comment !== undefined;
  }

  /** Takes a comment back that waits; false where it does not any more. */
  withdraw(id: string): boolean {
    const comment = this.waiting(id);
    if (comment) this.ports.emit({ type: 'comment.withdrawn', commentId: id });
    return comment !== undefined;
  }

  /**
   * All comments that wait, with their places as they are now, for whoever tells them at once. The reason for a
   * rejection that the person has undone is none any more.
   */
  async take(): Promise<readonly SentComment[]> {
    const taken: SentComment[] = [];
    for (const comment of waitingComments(this.all)) {
      const placed = { ...written(comment), ...(await this.placeOf(comment)) };
      // The person may have changed or withdrawn it while its file was read.
      const now = this.waiting(comment.id);
      if (!now) continue;
      if (this.isOpenAgain(now)) this.withdraw(now.id);
      else taken.push({ ...placed, text: now.text });
    }
    return taken;
  }

  /** The comments told in a turn whose lines are not what they were then. */
  async changedSince(turnId: TurnId): Promise<ReadonlySet<string>> {
    const changed = new Set<string>();
    for (const comment of this.all) {
      const { sentIn, state } = comment;
      if (sentIn?.turnId !== turnId || sentIn.standing !== 'same' || state === 'withdrawn')
        continue;
      const { standing } = await this.placeOf(comment);
      if (standing !== 'same') changed.add(comment.id);
    }
    return changed;
  }

  private async placeOf(comment: CodeComment): Promise<Pick<SentComment, 'anchor' | 'standing'>> {
    const lines = await this.read(comment.path);
    const place = findPlace(lines, comment.anchor);
    if (!place) return { anchor: comment.anchor, standing: 'gone' };
    const { startLine, endLine, standing } = place;
    const now = anchorAt(lines, startLine, endLine);
    // The text stays what the comment is about; only its place moves on.
    const anchor = standing === 'same' ? now : { ...comment.anchor, startLine, endLine };
    return { anchor, standing };
  }

  private write(comment: Omit<WrittenComment, 'id'>): CodeComment {
    const id = nextCommentId(this.all);
    this.ports.emit({ type: 'comment.written', comment: { id, ...comment } });
    return this.all.find((written) => written.id === id) as CodeComment;
  }

  private waiting(id: string): CodeComment | undefined {
    return waitingComments(this.all).find((comment) => comment.id === id);
  }

  private isOpenAgain({ kind, path, hunk }: CodeComment): boolean {
    if (kind !== 'rejection') return false;
    const file = this.ports.state().changes.files.find((changed) => changed.path === path);
    return file?.hunks.some(({ id }) => id === hunk?.id) ?? false;
  }

  /** The hunk that most of the lines lie in; one that is next to them where they lie in none. */
  private hunkAt(path: string, { startLine, endLine }: CommentAnchor): CommentedHunk | undefined {
    const file = this.ports.state().changes.files.find((changed) => changed.path === path);
    const meeting = (file?.hunks ?? []).map((hunk) => {
      const first = hunk.liveStart + 1;
      const last = hunk.liveStart + Math.max(hunk.liveCount, 1);
      return { hunk, shared: Math.min(last, endLine) - Math.max(first, startLine) + 1 };
    });
    const best = meeting.filter(({ shared }) => shared > 0).sort((a, b) => b.shared - a.shared)[0];
    return best && keep(best.hunk);
  }

  /** The lines as they are; none where the file cannot be read any more. */
  private async read(path: string): Promise<readonly string[]> {
    try {
      return linesOf(await this.ports.files.read(path));
    } catch (error) {
      if (error instanceof FileAccessError) return [];
      throw error;
    }
  }
}

function keep({ id, baseCount, liveCount, removed, added }: CommentedHunk): CommentedHunk {
  const cut = (lines: readonly string[]) => lines.slice(0, keptHunkLines);
  return { id, baseCount, liveCount, removed: cut(removed), added: cut(added) };
}

/** The comment without what became of it. */
function written({
  state: _,
  sentIn: _in,
  answers: _answers,
  ...comment
}: CodeComment): WrittenComment {
  return comment;
}
