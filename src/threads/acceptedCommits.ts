import * as l10n from '@vscode/l10n';
import { acceptedSides, type AcceptedSides } from '../changes/acceptedChange';
import { sameBytes, type Content } from '../changes/content';
import { mergeContents } from '../changes/mergeText';
import type { ContentStore } from '../ports/contentStore';
import {
  RepositoryError,
  type CommitFile,
  type Repository,
  type RepositoryEntry,
  type RepositoryFile,
} from '../ports/repository';
import { FileAccessError, type WorkspaceFiles } from '../ports/workspaceFiles';
import type { MadeCommit, UncommittedChange } from '../protocol/acceptedChanges';
import type { CommitPreview } from '../protocol/commitPreview';
import type { ContentId } from '../protocol/ids';
import type { FileChangeSummary } from '../protocol/items';
import type { ThreadState } from '../protocol/threadState';
import { summarizeChange } from '../changes/summarizeChange';
import type { ChangeTracker } from './changeTracker';
import { plainMessage } from './changeWords';
import type { EventLog } from './eventLog';

/** What committing needs of a thread. */
export interface CommitParts {
  readonly events: EventLog;
  readonly tracker: ChangeTracker;
  readonly files: WorkspaceFiles;
  readonly contents: ContentStore;
  /** Absent where nobody commits. */
  readonly repository: Repository | undefined;
}

/** A commit that is worked out but not made. */
export interface CommitPlan {
  readonly files: readonly CommitFile[];
  /** What the commit changes, as diffs. */
  readonly changes: readonly FileChangeSummary[];
  readonly left: CommitPreview['left'];
  /** Paths that need no commit any more. */
  readonly settled: readonly string[];
  readonly branch: string | null;
  readonly token: string;
  /** Number of the last event that was looked at. */
  readonly upTo: number;
}

/** As many subjects tell the style of a log. */
const styleSubjects = 20;

/** Commits what the person accepted, exactly: not what waits for review, nor edits and staged entries of their own. */
export class AcceptedCommits {
  private running = false;

  constructor(private readonly parts: CommitParts) {}

  /** What a commit would hold. @throws RepositoryError where nothing can be committed, with why. */
  async preview(signal: AbortSignal): Promise<CommitPreview> {
    const { changes, left, branch, token } = await this.plan(signal);
    const files = changes.map(({ path, kind, diff, added, removed }) => {
      return { path, kind, added, removed, binary: diff === '' && added + removed === 0 };
    });
    const subjects = await this.repository().subjects(styleSubjects, signal);
    return { files, left, branch, token, message: plainMessage(changes, subjects) };
  }

  /**
   * Makes the commit that was looked at.
   * @throws RepositoryError where none was made; JournalError where it was made but could not be noted.
   */
  async commit(
    { message, token }: { readonly message: string; readonly token: string },
    signal: AbortSignal,
  ): Promise<MadeCommit> {
    const { events } = this.parts;
    if (message.trim() === '') {
      throw new RepositoryError(l10n.t('A commit needs a message.'));
    }
    if (this.running) throw new RepositoryError(l10n.t('A commit is already being made.'));
    this.running = true;
    try {
      const plan = await this.plan(signal);
      if (plan.token !== token || plan.files.length === 0) {
        throw new RepositoryError(
          l10n.t('What would be committed changed in the meantime: look again.'),
        );
      }
      const { files, upTo } = plan;
      const id = await this.repository().commit({ message, files }, signal);
      const paths = files.map(({ path }) => path);
      const subject = message.trim().split('\n')[0] ?? '';
      const commit = { id, subject, paths };
      const settled = [...paths, ...plan.settled];
      events.emit({ type: 'changes.committed', commit, settled, upTo });
      return commit;
    } finally {
      this.running = false;
    }
  }

  /** Works out the commit. @throws RepositoryError where nothing can be committed, with why. */
  async plan(signal: AbortSignal): Promise<CommitPlan> {
    const { events, tracker } = this.parts;
    events.requireOwner();
    await tracker.catchUp();
    const upTo = events.state.seq;
    const left: { path: string; reason: string }[] = [];
    const settled: string[] = [];
    const sides = new Map<string, AcceptedSides>();
    for (const [path, steps] of byPath(events.state.accepted)) {
      const found = await this.sidesOf(path, steps);
      if (!found) left.push({ path, reason: lostReason() });
      else if (isNothing(found)) settled.push(path);
      else sides.set(path, found);
    }
    const questions = [...sides].map(([path, { own, accepted }]) => {
      return { path, versions: [own, accepted] };
    });
    const { files: found, branch } = await this.repository().read(questions, signal);
    const files: CommitFile[] = [];
    const changes: FileChangeSummary[] = [];
    for (const file of found) {
      const { path, head: before } = file;
      const result = placeAccepted(file, sides.get(path)?.executable);
      if (typeof result === 'string') left.push({ path, reason: result });
      else if (isSameEntry(result.head, before)) settled.push(path);
      else {
        files.push(result);
        changes.push(summarizeChange(path, before?.content ?? null, result.head?.content ?? null));
      }
    }
    if (files.length === 0 && left.length === 0) this.settle(settled, upTo);
    const token = this.tokenOf(files);
    return { files, changes, left, settled, branch, token, upTo };
  }

  /** Notes that nothing is left. @throws RepositoryError that says so. */
  private settle(settled: readonly string[], upTo: number): never {
    if (settled.length > 0) this.parts.events.emit({ type: 'changes.committed', settled, upTo });
    throw new RepositoryError(
      settled.length > 0
        ? l10n.t(
            'Nothing accepted is left to commit: the last commit has it already, or the files have it no more.',
          )
        : l10n.t('Nothing was accepted that could be committed.'),
    );
  }

  /** Undefined where a content is no longer kept. */
  private async sidesOf(
    path: string,
    steps: readonly UncommittedChange[],
  ): Promise<AcceptedSides | undefined> {
    const { contents } = this.parts;
    const now = await this.acceptedNow(path);
    const read = async (id: ContentId | null) => (id === null ? null : contents.get(id));
    return acceptedSides(steps, now, read).catch(() => undefined);
  }

  /** A file without what waits for review. */
  private async acceptedNow(path: string): Promise<Content> {
    const { tracker, files } = this.parts;
    const baseline = await tracker.baseline(path);
    if (baseline !== undefined) return baseline;
    try {
      return await files.read(path);
    } catch (error) {
      // A folder or a link to elsewhere in its place: the file is gone.
      if (error instanceof FileAccessError) return null;
      throw error;
    }
  }

  private tokenOf(files: readonly CommitFile[]): string {
    const { contents } = this.parts;
    const entry = (each: RepositoryEntry | null) =>
      each && [contents.idOf(each.content), each.executable];
    const text = JSON.stringify(files.map(({ path, head }) => [path, entry(head)]));
    return contents.idOf(new TextEncoder().encode(text));
  }

  private repository(): Repository {
    const { repository } = this.parts;
    if (!repository) throw new RepositoryError(l10n.t('Nothing can be committed here.'));
    return repository;
  }
}

/** The contents that what was accepted and not committed is made of. */
export function acceptedContents({ accepted }: ThreadState): readonly ContentId[] {
  return accepted.flatMap(({ before, after }) => [before ?? [], after ?? []].flat());
}

const lostReason = () =>
  l10n.t('was accepted so long ago that what it held then is no longer kept');
const mixedReason = () =>
  l10n.t(
    'has accepted lines among edits of your own that are not committed: commit those yourself first',
  );
const stagedReason = () => l10n.t('has other edits of the same lines staged');

/** A file of the commit, and of the index after it; a phrase that says why where it cannot be. */
function placeAccepted(
  { path, head, index, versions, version, refusal }: RepositoryFile,
  executable: AcceptedSides['executable'],
): CommitFile | string {
  if (refusal !== undefined) return refusal;
  const [own = null, accepted = null] = versions;
  const place = (entry: RepositoryEntry | null) => {
    const merged = mergeContents(own, entry?.content ?? null, accepted);
    if (!merged) return undefined;
    const { content } = merged;
    const mode = executable && executable.own !== executable.accepted ? undefined : entry;
    const allowed = mode?.executable ?? executable?.accepted ?? false;
    return { entry: content && { content, executable: allowed } };
  };
  const committed = place(head);
  if (!committed) return mixedReason();
  const staged = isSameEntry(head, index) ? committed : place(index);
  return staged ? { path, head: committed.entry, index: staged.entry, version } : stagedReason();
}

function byPath(
  accepted: readonly UncommittedChange[],
): ReadonlyMap<string, readonly UncommittedChange[]> {
  const steps = new Map<string, UncommittedChange[]>();
  for (const change of accepted.toSorted((a, b) =>
    a.path < b.path ? -1 : a.path > b.path ? 1 : 0,
  )) {
    steps.set(change.path, [...(steps.get(change.path) ?? []), change]);
  }
  return steps;
}

function isNothing({ own, accepted, executable }: AcceptedSides): boolean {
  return sameBytes(own, accepted) && executable?.own === executable?.accepted;
}

function isSameEntry(a: RepositoryEntry | null, b: RepositoryEntry | null): boolean {
  return sameBytes(a?.content ?? null, b?.content ?? null) && a?.executable === b?.executable;
}
