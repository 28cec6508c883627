import {
  partsOf,
  updateChanges,
  type ChangedFile,
  type ChangeSet,
  type ChangeTarget,
  type Hunk,
} from '../protocol/changes';
import type { SentComment } from '../protocol/comments';
import type { ThreadEvent } from '../protocol/events';
import type { ContentId, ItemId } from '../protocol/ids';
import type { ModelItem } from '../protocol/modelItem';
import { restoredPaths, RestoreNotes } from './restoreNotes';
import { TakenBackNotes } from './takenBackNotes';

/** Lines of a rejected hunk that the model is told at most, and lines of all of them together. */
const maxHunkLines = 40;
const maxLines = 200;

const opening = '<review>\nSince your last request the person reviewed your changes.';
/** Where nothing but what commands wrote is told of. */
const openingOfTakenBack =
  '<review>\nSince your last request files that a command wrote were taken back.';

/** A part of a change that was rejected, as it was then. */
interface Rejection {
  readonly file: ChangedFile;
  readonly hunks: readonly Hunk[];
}

/**
 * Collects what the model is to hear of the review with its next request: what was rejected, and which files under
 * review the person changed by hand. It is a fold of the thread's events, so a restart loses nothing: what was told is
 * in the history, everything after it is not.
 */
export class ReviewNotes {
  private files: ReadonlyMap<string, ChangedFile> = new Map();
  private rejections: Rejection[] = [];
  private readonly restoreNotes = new RestoreNotes();
  private readonly edited = new Set<string>();
  /** What the model knows of files that are another by now: an edit that was undone is none. */
  private readonly known = new Map<string, ContentId | null>();
  /** What the agent left in files, until they were settled or the model was told of them. */
  private readonly written = new Map<string, ContentId | null>();
  /** Paths whose next difference is the agent's or a resolution's, not the person's typing. */
  private readonly explained = new Map<string, 'agent' | 'resolution'>();
  private readonly writing = new Map<ItemId, readonly string[]>();
  private readonly takenBack = new TakenBackNotes();

  /** @param isVisible whether the model may see what is in a file; of others it hears only that they changed. */
  constructor(private readonly isVisible: (path: string) => boolean = () => true) {}

  /** Takes in the next event; stored ones first. */
  observe(event: ThreadEvent): void {
    this.takenBack.observe(event);
    switch (event.type) {
      case 'item.started':
      case 'item.completed': {
        const { item } = event;
        if (item.type === 'userMessage') this.explain(item.input.comments ?? []);
        if (item.type !== 'fileChange') break;
        const paths = item.changes.map(({ path }) => path);
        // What a command wrote is told at its end; until then the person may be asked about it.
        if (event.type === 'item.started' && item.commandItemId === undefined)
          this.writing.set(item.id, paths);
        else this.writing.delete(item.id);
        if (item.status === 'completed')
          for (const path of paths) this.explained.set(path, 'agent');
        break;
      }
      case 'files.written':
        for (const { path, after } of event.files) this.written.set(path, after);
        break;
      case 'hunk.resolved':
        this.resolved(event.target, event.resolution === 'reject');
        break;
      case 'changes.updated':
        this.updated(updateChanges({ files: [...this.files.values()], notes: [] }, event));
        break;
      case 'thread.restored':
      case 'restore.undone':
        this.restoreNotes.observe(event);
        for (const path of restoredPaths(event)) {
          this.explained.set(path, 'resolution');
          this.edited.delete(path);
        }
        break;
      case 'history.appended':
        if (event.items.some(isReview)) this.forget();
        break;
      default:
    }
  }

  /** The message that tells what was not told yet, to be appended to the history; undefined where there is nothing. */
  message(): ModelItem | undefined {
    const rejected = this.rejections.filter((rejection) => !this.isOpenAgain(rejection));
    const restored = this.restoreNotes.text();
    const edited = [...this.edited].filter((path) => !this.isAsKnown(path)).sort();
    const takenBack = this.takenBack.text();
    const isReviewed = rejected.length > 0 || edited.length > 0 || restored.length > 0;
    if (!isReviewed && takenBack.length === 0) return undefined;
    const text = [
      isReviewed ? opening : openingOfTakenBack,
      ...rejectedText(rejected.map((rejection) => this.seen(rejection))),
      ...restored,
      ...editedText(edited),
      ...takenBack,
    ];
    return {
      type: 'message',
      role: 'user',
      content: [{ type: 'input_text', text: `${text.join('\n')}\n</review>` }],
    };
  }

  private seen(rejection: Rejection): Rejection {
    return this.isVisible(rejection.file.path) ? rejection : { ...rejection, hunks: [] };
  }

  private resolved(target: ChangeTarget, rejected: boolean): void {
    for (const { path, hunkIds } of partsOf(target, [...this.files.values()])) {
      const file = this.files.get(path);
      if (!file) continue;
      const hunks = file.hunks.filter(({ id }) => hunkIds?.includes(id) ?? true);
      if (hunkIds && hunks.length === 0) continue;
      this.explained.set(path, 'resolution');
      // What can only be viewed is left out when everything is rejected.
      if (rejected && !file.viewOnly) this.rejections.push({ file, hunks });
    }
  }

  /** A rejection with its reason is told as a comment, so not here again. */
  private explain(comments: readonly SentComment[]): void {
    for (const { kind, path, hunk } of comments) {
      if (kind !== 'rejection') continue;
      this.rejections = this.rejections.flatMap((rejection) => {
        const { file, hunks } = rejection;
        if (file.path !== path) return [rejection];
        const left = hunks.filter(({ id }) => id !== hunk?.id);
        if (left.length === hunks.length) return [rejection];
        return left.length > 0 ? [{ file, hunks: left }] : [];
      });
    }
  }

  private updated({ files }: ChangeSet): void {
    const now = new Map(files.map((file) => [file.path, file]));
    const agents = new Set([...this.explained.keys(), ...[...this.writing.values()].flat()]);
    for (const [path, before] of this.files) {
      const after = now.get(path);
      const live = after ? after.live : before.baseline;
      if (after && hasNewOrigin(before, after)) {
        // The agent wrote it again, from what it is by now.
        this.edited.delete(path);
        this.known.delete(path);
      } else if (live !== before.live) {
        if (this.explained.get(path) === 'agent') this.known.delete(path);
        else if (!this.known.has(path)) this.known.set(path, before.live);
        if (!agents.has(path)) this.edited.add(path);
      }
    }
    for (const [path, written] of this.written) {
      // Typed into while the agent wrote it, or before anything was told of the change.
      const after = now.get(path);
      if (this.explained.get(path) === 'resolution') this.written.delete(path);
      else if (after && after.live !== written) {
        this.known.set(path, written);
        this.edited.add(path);
      }
    }
    this.files = now;
    this.explained.clear();
  }

  /** The person undid what they, or a rejection, had changed since the model last read it. */
  private isAsKnown(path: string): boolean {
    const file = this.files.get(path);
    return file !== undefined && file.live === this.known.get(path);
  }

  /** The person undid the rejection. */
  private isOpenAgain({ file, hunks }: Rejection): boolean {
    const open = this.files.get(file.path);
    if (!open) return false;
    if (hunks.length === 0) return open.live === file.live;
    return hunks.every(({ id }) => open.hunks.some((hunk) => hunk.id === id));
  }

  private forget(): void {
    this.rejections = [];
    this.edited.clear();
    this.known.clear();
    this.written.clear();
    this.restoreNotes.forget();
    this.takenBack.forget();
  }
}

/** True where the agent wrote the file once more. Old origins may be left out, and undone ones are. */
function hasNewOrigin(before: ChangedFile, after: ChangedFile): boolean {
  const newest = after.origins.at(-1);
  return newest !== undefined && !before.origins.some(({ itemId }) => itemId === newest.itemId);
}

function isReview(item: ModelItem): boolean {
  if (item.type !== 'message' || item.role !== 'user' || !Array.isArray(item.content)) return false;
  const [first] = item.content;
  if (first?.type !== 'input_text') return false;
  return [opening, openingOfTakenBack].some((start) => first.text.startsWith(start));
}

function rejectedText(rejections: readonly Rejection[]): readonly string[] {
  if (rejections.length === 0) return [];
  const lines = rejections.flatMap(({ file, hunks }) => {
    if (hunks.length === 0) return [`${file.path}: the whole file (${kindWords[file.kind]})`];
    return hunks.flatMap((hunk) => [`${file.path}, ${placeOf(hunk)}:`, ...hunkText(hunk)]);
  });
  const left = lines.length - maxLines;
  return [
    'Rejected, so the files are again as they were before these edits; do not make them again unless asked:',
    ...lines.slice(0, maxLines),
    ...(left > 0 ? [`(${left} more lines of rejected edits)`] : []),
  ];
}

const kindWords = {
  add: 'you had added it',
  delete: 'you had deleted it',
  update: 'you had changed it',
};

function placeOf({ liveStart, liveCount }: Hunk): string {
  const first = liveStart + 1;
  return liveCount <= 1 ? `line ${first}` : `lines ${first} to ${liveStart + liveCount}`;
}

function hunkText({ removed, added, baseCount, liveCount }: Hunk): readonly string[] {
  const lines = [...removed.map((line) => `-${line}`), ...added.map((line) => `+${line}`)];
  const left = baseCount + liveCount - Math.min(lines.length, maxHunkLines);
  return left > 0 ? [...lines.slice(0, maxHunkLines), `(${left} more lines)`] : lines;
}

function editedText(paths: readonly string[]): readonly string[] {
  if (paths.length === 0) return [];
  return [
    'Changed by hand after your edits; read these files again before you edit them, and keep what was changed:',
    ...paths,
  ];
}
