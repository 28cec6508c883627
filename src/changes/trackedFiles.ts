import * as l10n from '@vscode/l10n';
import { runInSlices } from '../base/slices';
import type { ContentStore, TreeChange } from '../ports/contentStore';
import type { FileEdit } from '../ports/workspaceFiles';
import type { ChangedFile, ChangeOrigin, ChangePart, Hunk } from '../protocol/changes';
import type { ContentId } from '../protocol/ids';
import type { Content } from './content';
import { deriveSteps, type TextChange } from './hunks';
import { diffSteps } from './lineDiff';
import { mirrorSteps } from './mirrorEdits';
import { RecentContents } from './recentContents';
import {
  forgetAccepted,
  rememberRejected,
  shiftRejected,
  type RejectedHunk,
} from './rejectedHunks';
import { acceptHunks, applyLineEdits, rejectHunks } from './resolveHunk';
import { decodePair, encodeText, splitLines } from './textFile';

/** A reject that is worked out but not written yet. */
export interface RejectPlan {
  readonly edit: FileEdit;
  /** Takes note that the edit was written. */
  readonly commit: () => Promise<void>;
}

type Executable = NonNullable<ChangedFile['executable']>;

/** Rejects and earlier contents remembered per file, so that undoing and redoing opens hunks again. */
const maxRemembered = 200;
/** Files without open changes that are remembered for the same reason. */
const maxSettledFiles = 200;

/** By live content: the baseline that went with it. What undo and redo go back to is one of these, as a rule. */
type Moments = ReadonlyMap<ContentId | null, ContentId | null>;

/**
 * Origins kept of a file: the first, so that it is known whether anything is left where later ones are undone, and the
 * newest. A file that every command writes would weigh more on each event otherwise.
 */
const maxOrigins = 20;

interface TrackedFile {
  readonly file: ChangedFile;
  readonly rejected: readonly RejectedHunk[];
  readonly moments: Moments;
}

/** How a file stands; the rest of a `ChangedFile` is derived. */
interface Standing extends Pick<ChangedFile, 'baseline' | 'live' | 'origins'> {
  readonly executable?: Executable | undefined;
  readonly viewOnly?: ChangedFile['viewOnly'] | undefined;
  readonly rejected?: readonly RejectedHunk[];
  /** Those known so far where absent. */
  readonly moments?: Moments;
}

const noChange: TextChange = { hunks: [], coarse: false, added: 0, removed: 0 };

/**
 * The files a thread changed: for each the baseline, the live content and the hunks between them. It knows what is
 * true; reading and writing the workspace is its caller's job. Calls must not overlap.
 */
export class TrackedFiles {
  private readonly tracked = new Map<string, TrackedFile>();
  private readonly contents: RecentContents;

  /** @param obeyedPart what of a path makes other programs run or obey the file. */
  constructor(
    contents: ContentStore,
    stored: readonly ChangedFile[],
    private readonly obeyedPart: (path: string) => string | undefined = () => undefined,
  ) {
    this.contents = new RecentContents(contents);
    for (const file of stored) {
      const moments = new Map([[file.live, file.baseline]]);
      this.tracked.set(file.path, { file, rejected: [], moments });
    }
  }

  /** Files with open changes, sorted by path. */
  list(): readonly ChangedFile[] {
    return [...this.tracked.values()]
      .map(({ file }) => file)
      .filter(isOpen)
      .sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** A file with open changes. */
  get(path: string): ChangedFile | undefined {
    const file = this.tracked.get(path)?.file;
    return file && isOpen(file) ? file : undefined;
  }

  /** True for changed files and for those whose earlier changes are remembered. */
  has(path: string): boolean {
    return this.tracked.has(path);
  }

  /** Every content that a review, or undoing a part of one, may still need. */
  contentIds(): readonly ContentId[] {
    const ids = new Set<ContentId>();
    for (const { file, moments } of this.tracked.values()) {
      for (const id of [file.baseline, file.live, ...[...moments].flat()]) if (id) ids.add(id);
    }
    return [...ids];
  }

  /** Paths of these files that lie at `path` or below it. */
  pathsIn(path: string): readonly string[] {
    return [...this.tracked.keys()].filter(
      (other) => other === path || other.startsWith(`${path}/`),
    );
  }

  /** True where this is the live content already known. */
  isLive(path: string, content: Content): boolean {
    const known = this.tracked.get(path);
    return known !== undefined && known.file.live === this.idOf(content);
  }

  idOf(content: Content): ContentId | null {
    return this.contents.idOf(content);
  }

  /** Stores a content. */
  put(content: Content): Promise<ContentId | null> {
    return this.contents.put(content);
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
    executable?: TreeChange['executable'],
  ): Promise<void> {
    const known = this.tracked.get(path);
    const open = this.get(path);
    const [first, live] = [await this.contents.put(before), await this.contents.put(after)];
    const baseline = open ? open.baseline : first;
    const moments = new Map(known?.moments ?? []);
    if (!moments.has(first)) moments.set(first, baseline);
    await this.update(path, {
      baseline,
      live,
      executable: joinExecutable(open, executable),
      viewOnly: open?.viewOnly,
      origins: withOrigin(open?.origins ?? [], origin),
      rejected: await this.shiftedBy(known?.rejected ?? [], before, after),
      moments,
    });
  }

  /**
   * The person changed a tracked file: mirrored into the baseline, or extending hunks; see `mirrorEdits`. A content
   * that was there before, which is what undo and redo bring back, gets the hunks again that it had then. Deleting the
   * file is the person's own edit and leaves nothing to review. Where `mayUndo` is false nothing is opened again: a
   * formatter that ran on a reject was not asked to undo it.
   */
  async personChanged(path: string, now: Content, mayUndo = true): Promise<void> {
    const known = this.tracked.get(path);
    if (!known || this.isLive(path, now)) return;
    const { file, moments } = known;
    if (file.viewOnly && now !== null) return this.reload(path, now);
    const live = await this.contents.put(now);
    const { executable, origins } = file;
    if (now === null) return this.update(path, { baseline: null, live, origins });
    const mirrored = await this.mirror(mayUndo ? known : { ...known, rejected: [] }, now);
    const earlier = mayUndo ? moments.get(live) : undefined;
    if (!mirrored && earlier === undefined && !isOpen(file)) return this.forget(path);
    const mirroredTo = mirrored ? await this.contents.put(mirrored.baseline) : file.baseline;
    const baseline = earlier === undefined ? mirroredTo : earlier;
    const later = mayUndo ? [] : await this.rejectedAfter(known, now);
    const rejected = [...later, ...(mirrored?.rejected ?? [])];
    await this.update(path, { baseline, live, executable, origins, rejected });
  }

  /** The person changed whether a file may be executed; theirs unless that was open for review. */
  async personAllowed(path: string, executable: boolean): Promise<void> {
    const known = this.tracked.get(path);
    const before = known?.file.executable;
    if (!known || !before || before.live === executable) return;
    const baseline = before.baseline === before.live ? executable : before.baseline;
    await this.update(path, { ...known.file, executable: { baseline, live: executable } });
  }

  /** The person gave a tracked file another path: its open changes go with it. */
  moved(from: string, to: string): void {
    const known = this.tracked.get(from);
    if (!known || known.file.live === null) return;
    this.tracked.delete(from);
    const { obeyed: _before, ...file } = known.file;
    this.tracked.set(to, { ...known, file: { ...file, ...this.obeyedOf(to), path: to } });
  }

  /**
   * The file is something else and nobody saw how it came about: it can only be viewed from now on, until it holds
   * what it held before, or its baseline.
   */
  async reload(path: string, now: Content): Promise<void> {
    const known = this.tracked.get(path);
    if (!known || this.isLive(path, now)) return;
    const { baseline, executable, viewOnly, origins } = known.file;
    const live = await this.contents.put(now);
    const last = viewOnly ? viewOnly.last : known.file.live;
    if (live === baseline) return this.forget(path);
    if (live === last) return this.update(path, { baseline, live, executable, origins });
    const moments: Moments = new Map();
    await this.update(path, { baseline, live, executable, viewOnly: { last }, origins, moments });
  }

  /** The file was put back to another state: what of it then waits for review is given, or nothing does. */
  async place(
    path: string,
    now: Content,
    pending: Pick<ChangedFile, 'baseline' | 'executable' | 'origins'> | undefined,
  ): Promise<void> {
    if (!pending || pending.origins.length === 0) return this.forget(path);
    await this.update(path, { ...pending, live: await this.contents.put(now) });
  }

  /** @throws Error where a file, or a hunk of it, is not there any more. */
  require(parts: readonly ChangePart[]): void {
    for (const { path, hunkIds } of parts) hunksOf(this.changed(path).file, hunkIds);
  }

  /** Moves the baseline of a file, or of some hunks of it, to the live text. */
  async accept(path: string, hunkIds?: readonly string[]): Promise<void> {
    const known = this.changed(path);
    const { file } = known;
    const { live, viewOnly, origins } = file;
    const hunks = hunksOf(file, hunkIds);
    const rejected = forgetAccepted(known.rejected, hunks);
    if (hunkIds === undefined) {
      const executable = file.executable && both(file.executable.live);
      const accepted = { baseline: live, live, executable, origins, rejected };
      return this.update(path, { ...accepted, moments: new Map<never, never>() });
    }
    const { texts, after } = await this.texts(file);
    const text = applyLineEdits(texts.before, acceptHunks(texts.after, hunks));
    const bytes = text === texts.after ? after : encodeText({ encoding: texts.encoding, text });
    const baseline = await this.contents.put(bytes);
    const { executable } = file;
    // What was accepted stays accepted: the baselines that went with earlier contents know nothing of it.
    const moments: Moments = new Map();
    await this.update(path, { baseline, live, executable, viewOnly, origins, rejected, moments });
  }

  /**
   * Works out what puts the baseline of a file, or of some hunks of it, back.
   * @throws Error where the file can only be viewed.
   */
  async planReject(path: string, hunkIds?: readonly string[]): Promise<RejectPlan> {
    const known = this.changed(path);
    const { file } = known;
    if (file.viewOnly) {
      throw new Error(
        l10n.t(
          '{0} was changed while its thread was closed, so it can be viewed and accepted, not rejected.',
          path,
        ),
      );
    }
    const [before, after] = await this.contentsOf(file);
    const texts = decodePair(before, after);
    const hunks = hunksOf(file, hunkIds);
    let bytes = before;
    if (hunkIds !== undefined && texts) {
      const text = applyLineEdits(texts.after, rejectHunks(texts.before, hunks));
      if (text !== texts.before) bytes = encodeText({ encoding: texts.encoding, text });
    }
    const shifted = shiftRejected(known.rejected, hunks.map(rejectedRange));
    const added = texts ? rememberRejected(texts.before, texts.after, hunks) : [];
    const { baseline, origins } = file;
    // Permissions go back with the whole file, and with a deleted file that comes back.
    const goesBack = file.executable && (hunkIds === undefined || after === null);
    const executable = goesBack ? both(file.executable.baseline) : file.executable;
    const isSet = goesBack && (after === null || file.executable.live !== file.executable.baseline);
    return {
      edit: {
        path,
        bytes,
        expected: after,
        ...(isSet && bytes !== null && { executable: file.executable.baseline }),
      },
      commit: async () => {
        const live = await this.contents.put(bytes);
        const rejected = [...shifted, ...added];
        await this.update(path, { baseline, live, executable, origins, rejected });
      },
    };
  }

  /** @throws Error where the content is no longer stored. */
  contentOf(id: ContentId | null): Promise<Content> {
    return this.contents.get(id);
  }

  private obeyedOf(path: string): Pick<ChangedFile, 'obeyed'> {
    const obeyed = this.obeyedPart(path);
    return obeyed === undefined ? {} : { obeyed };
  }

  private changed(path: string): TrackedFile {
    const known = this.tracked.get(path);
    if (!known || !isOpen(known.file)) throw new Error(l10n.t('{0} has no open changes.', path));
    return known;
  }

  private async update(path: string, standing: Standing): Promise<void> {
    const { baseline, live, executable, viewOnly, origins, rejected = [] } = standing;
    const moments = new Map(standing.moments ?? this.tracked.get(path)?.moments ?? []);
    // The newest moment is the last one to go.
    moments.delete(live);
    if (!viewOnly) moments.set(live, baseline);
    for (const oldest of moments.keys()) {
      if (moments.size <= maxRemembered) break;
      moments.delete(oldest);
    }
    const texts =
      baseline === live ? undefined : decodePair(...(await this.contentsOf({ baseline, live })));
    const { coarse, ...change } = texts
      ? await runInSlices(deriveSteps(texts.before, texts.after, path))
      : noChange;
    const file: ChangedFile = {
      path,
      kind: baseline === null ? 'add' : live === null ? 'delete' : 'update',
      binary: baseline !== live && !texts,
      baseline,
      live,
      ...change,
      ...(coarse && { coarse }),
      ...(executable && (executable.baseline || executable.live) && { executable }),
      ...(viewOnly && { viewOnly }),
      ...this.obeyedOf(path),
      origins,
    };
    this.tracked.delete(path);
    if (!isOpen(file) && rejected.length === 0 && moments.size <= 1) return;
    this.tracked.set(path, { file, rejected: rejected.slice(-maxRemembered), moments });
    if (!isOpen(file)) this.dropOldestSettled();
  }

  private dropOldestSettled(): void {
    const settled = [...this.tracked].filter(([, { file }]) => !isOpen(file));
    for (const [path] of settled.slice(0, -maxSettledFiles)) this.tracked.delete(path);
  }

  /** Undefined where there are no three texts to compare: then the person's edit is part of the change. */
  private async mirror(
    { file, rejected }: TrackedFile,
    now: Uint8Array,
  ): Promise<{ baseline: Content; rejected: readonly RejectedHunk[] } | undefined> {
    const [before, after] = await this.contentsOf(file);
    if (before === null || after === null) return undefined;
    const change = decodePair(before, after);
    const edit = decodePair(after, now);
    if (!change || !edit || change.encoding !== edit.encoding) return undefined;
    const [base, live, next] = [change.before, change.after, edit.after].map(splitLines);
    const result = await runInSlices(mirrorSteps(base ?? [], live ?? [], next ?? [], rejected));
    const { baseline: text, rejected: left } = result;
    const same = text === change.before;
    return {
      baseline: same ? before : encodeText({ encoding: change.encoding, text }),
      rejected: left,
    };
  }

  private async rejectedAfter({ file, rejected }: TrackedFile, now: Content) {
    return this.shiftedBy(rejected, await this.contentOf(file.live), now);
  }

  /** Where remembered rejects stand after an edit. */
  private async shiftedBy(
    rejected: readonly RejectedHunk[],
    before: Content,
    after: Content,
  ): Promise<readonly RejectedHunk[]> {
    const texts = rejected.length > 0 && before && after && decodePair(before, after);
    if (!texts) return [];
    const edits = diffSteps(splitLines(texts.before), splitLines(texts.after));
    return shiftRejected(rejected, await runInSlices(edits));
  }

  private async texts(file: ChangedFile) {
    const [before, after] = await this.contentsOf(file);
    const texts = decodePair(before, after);
    if (!texts) throw new Error(l10n.t('{0} is accepted or rejected as a whole.', file.path));
    return { texts, after };
  }

  private contentsOf(
    file: Pick<ChangedFile, 'baseline' | 'live'>,
  ): Promise<readonly [Content, Content]> {
    return Promise.all([this.contentOf(file.baseline), this.contentOf(file.live)]);
  }
}

function isOpen({ baseline, live, executable }: ChangedFile): boolean {
  return baseline !== live || executable?.baseline !== executable?.live;
}

function both(allowed: boolean): Executable {
  return { baseline: allowed, live: allowed };
}

/** The first known state before the agent's changes, and the last one after them. */
function joinExecutable(open: ChangedFile | undefined, now: TreeChange['executable']): Executable {
  // A file whose permissions were never mentioned could not be executed.
  const known = open ? open.executable?.baseline : now?.before;
  return { baseline: known ?? false, live: now?.after ?? open?.executable?.live ?? false };
}

/** These hunks in their order; all where none are named. @throws Error where one is not there any more. */
function hunksOf(file: ChangedFile, hunkIds: readonly string[] | undefined): readonly Hunk[] {
  if (!hunkIds) return file.hunks;
  const wanted = new Set(hunkIds);
  const hunks = file.hunks.filter(({ id }) => wanted.has(id));
  if (hunks.length < wanted.size) {
    throw new Error(
      l10n.t('This part of {0} changed in the meantime; look at it again.', file.path),
    );
  }
  return hunks;
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

function withOrigin(
  origins: readonly ChangeOrigin[],
  origin: ChangeOrigin,
): readonly ChangeOrigin[] {
  if (origins.some(({ itemId }) => itemId === origin.itemId)) return origins;
  const [first, ...later] = [...origins, origin];
  return first ? [first, ...later.slice(1 - maxOrigins)] : [];
}
