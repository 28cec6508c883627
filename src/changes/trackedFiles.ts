import type { ContentStore } from '../ports/contentStore';
import type { FileEdit } from '../ports/workspaceFiles';
import type { ChangedFile, ChangeOrigin, Hunk } from '../protocol/changes';
import type { ContentId } from '../protocol/ids';
import type { Content } from './content';
import { deriveChange } from './hunks';
import { mirrorEdits } from './mirrorEdits';
import { rememberRejected, shiftRejected, type RejectedHunk } from './rejectedHunks';
import { acceptHunk, applyLineEdit, rejectHunk } from './resolveHunk';
import { decodePair, encodeText } from './textFile';

/** A reject that is worked out but not written yet. */
export interface RejectPlan {
  readonly edit: FileEdit;
  /** Takes note that the edit was written. */
  readonly commit: () => Promise<void>;
}

/** Rejects remembered per file, so that undoing them opens the hunks again. */
const maxRejected = 200;

interface TrackedFile {
  readonly file: ChangedFile;
  readonly rejected: readonly RejectedHunk[];
}

/**
 * The files a thread changed: for each the baseline, the live content and the hunks between them. It knows what is
 * true; reading and writing the workspace is its caller's job.
 */
export class TrackedFiles {
  private readonly tracked = new Map<string, TrackedFile>();

  constructor(
    private readonly contents: ContentStore,
    stored: readonly ChangedFile[],
  ) {
    for (const file of stored) this.tracked.set(file.path, { file, rejected: [] });
  }

  /** Files that differ from their baseline, sorted by path. */
  list(): readonly ChangedFile[] {
    return [...this.tracked.values()]
      .map(({ file }) => file)
      .filter((file) => file.baseline !== file.live)
      .sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** A file that differs from its baseline. */
  get(path: string): ChangedFile | undefined {
    const file = this.tracked.get(path)?.file;
    return file && file.baseline !== file.live ? file : undefined;
  }

  /** True for changed files and for those whose rejects are remembered. */
  has(path: string): boolean {
    return this.tracked.has(path);
  }

  /** True where this is the live content already known. */
  isLive(path: string, content: Content): boolean {
    const known = this.tracked.get(path);
    return known !== undefined && known.file.live === this.idOf(content);
  }

  idOf(content: Content): ContentId | null {
    return content && this.contents.idOf(content);
  }

  forget(path: string): void {
    this.tracked.delete(path);
  }

  /** The agent changed a file; `before` becomes the baseline of a file it had not changed yet. */
  async agentChanged(
    path: string,
    before: Content,
    after: Content,
    origin: ChangeOrigin,
  ): Promise<void> {
    const known = this.get(path);
    const baseline = known ? known.baseline : await this.put(before);
    const origins = known?.origins ?? [];
    const isNew = !origins.some((other) => other.itemId === origin.itemId);
    await this.update(path, {
      baseline,
      live: await this.put(after),
      origins: isNew ? [...origins, origin] : origins,
      rejected: [],
    });
  }

  /** The person changed a tracked file: mirrored into the baseline, or extending hunks; see `mirrorEdits`. */
  async personChanged(path: string, now: Content): Promise<void> {
    const known = this.tracked.get(path);
    if (!known || this.isLive(path, now)) return;
    const { file } = known;
    const mirrored = await this.mirror(known, now);
    if (!mirrored && file.baseline === file.live) return this.forget(path);
    await this.update(path, {
      baseline: mirrored ? await this.put(mirrored.baseline) : file.baseline,
      live: await this.put(now),
      origins: file.origins,
      rejected: mirrored?.rejected ?? [],
    });
  }

  /** The file is something else and nobody saw how: its hunks are derived anew from the same baseline. */
  async reload(path: string, now: Content): Promise<void> {
    const known = this.tracked.get(path);
    if (!known || this.isLive(path, now)) return;
    const { baseline, origins } = known.file;
    await this.update(path, { baseline, live: await this.put(now), origins, rejected: [] });
  }

  /** The file was put back to another state: what of it then waits for review is given, or nothing does. */
  async place(
    path: string,
    now: Content,
    pending: Pick<ChangedFile, 'baseline' | 'origins'> | undefined,
  ): Promise<void> {
    if (!pending || pending.origins.length === 0) return this.forget(path);
    await this.update(path, { ...pending, live: await this.put(now), rejected: [] });
  }

  /** Moves the baseline of a file, or of one hunk of it, to the live text. */
  async accept(path: string, hunkId?: string): Promise<void> {
    const { file, rejected } = this.changed(path);
    const { live, origins } = file;
    if (hunkId === undefined) return this.update(path, { baseline: live, live, origins, rejected });
    const hunk = hunkOf(file, hunkId);
    const { texts, after } = await this.texts(file);
    const text = acceptHunk(texts.before, texts.after, hunk);
    const baseline = text === texts.after ? after : encodeText({ encoding: texts.encoding, text });
    await this.update(path, { baseline: await this.put(baseline), live, origins, rejected });
  }

  /** Works out what puts the baseline of a file, or of one hunk of it, back. */
  async planReject(path: string, hunkId?: string): Promise<RejectPlan> {
    const known = this.changed(path);
    const { file } = known;
    const [before, after] = await this.contentsOf(file);
    const texts = decodePair(before, after);
    const hunks = hunkId === undefined ? file.hunks : [hunkOf(file, hunkId)];
    let bytes = before;
    if (hunkId !== undefined && texts) {
      const text = hunks.reduceRight(
        (result, hunk) => applyLineEdit(result, rejectHunk(texts.before, hunk)),
        texts.after,
      );
      if (text !== texts.before) bytes = encodeText({ encoding: texts.encoding, text });
    }
    const shifted = shiftRejected(known.rejected, hunks.map(rejectedRange));
    const added = texts ? rememberRejected(texts.before, texts.after, hunks) : [];
    const rejected = [...shifted, ...added].slice(-maxRejected);
    return {
      edit: { path, bytes, expected: after },
      commit: async () => {
        const { baseline, origins } = file;
        await this.update(path, { baseline, live: await this.put(bytes), origins, rejected });
      },
    };
  }

  /** @throws Error where the content is no longer stored. */
  async contentOf(id: ContentId | null): Promise<Content> {
    return id === null ? null : this.contents.get(id);
  }

  private changed(path: string): TrackedFile {
    const known = this.tracked.get(path);
    if (!known || !this.get(path)) throw new Error(`${path} has no open changes.`);
    return known;
  }

  private async update(
    path: string,
    state: Pick<ChangedFile, 'baseline' | 'live' | 'origins'> & Pick<TrackedFile, 'rejected'>,
  ): Promise<void> {
    const { baseline, live, origins, rejected } = state;
    if (baseline === live && rejected.length === 0) return this.forget(path);
    const kind = baseline === null ? 'add' : live === null ? 'delete' : 'update';
    const [before, after] = await this.contentsOf(state);
    const texts = baseline === live ? undefined : decodePair(before, after);
    const change = texts
      ? deriveChange(texts.before, texts.after)
      : { hunks: [], added: 0, removed: 0 };
    const file: ChangedFile = {
      path,
      kind,
      binary: baseline !== live && !texts,
      baseline,
      live,
      ...change,
      origins,
    };
    this.tracked.set(path, { file, rejected });
  }

  /** Undefined where there are no three texts to compare: then the person's edit is part of the change. */
  private async mirror(
    { file, rejected }: TrackedFile,
    now: Content,
  ): Promise<{ baseline: Content; rejected: readonly RejectedHunk[] } | undefined> {
    const [before, after] = await this.contentsOf(file);
    if (before === null || after === null || now === null) return undefined;
    const change = decodePair(before, after);
    const edit = decodePair(after, now);
    if (!change || !edit || change.encoding !== edit.encoding) return undefined;
    const result = mirrorEdits(change.before, change.after, edit.after, rejected);
    return {
      baseline: encodeText({ encoding: change.encoding, text: result.baseline }),
      rejected: result.rejected,
    };
  }

  private async texts(file: ChangedFile) {
    const [before, after] = await this.contentsOf(file);
    const texts = decodePair(before, after);
    if (!texts) throw new Error(`${file.path} is accepted or rejected as a whole.`);
    return { texts, after };
  }

  private contentsOf(
    file: Pick<ChangedFile, 'baseline' | 'live'>,
  ): Promise<readonly [Content, Content]> {
    return Promise.all([this.contentOf(file.baseline), this.contentOf(file.live)]);
  }

  private async put(content: Content): Promise<ContentId | null> {
    return content && this.contents.put(content);
  }
}

function hunkOf(file: ChangedFile, hunkId: string): Hunk {
  const hunk = file.hunks.find(({ id }) => id === hunkId);
  if (!hunk)
    throw new Error(`This part of ${file.path} changed in the meantime; look at it again.`);
  return hunk;
}

/** What rejecting a hunk does to the lines of the live text. */
function rejectedRange({ liveStart, liveCount, baseCount }: Hunk) {
  return {
    baseStart: liveStart,
    baseEnd: liveStart + liveCount,
    liveStart,
    liveEnd: liveStart + baseCount,
  };
}
