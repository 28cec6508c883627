import * as l10n from '@vscode/l10n';
import type { ReviewTask } from '../agent/review/reviewTurn';
import { decodePair } from '../changes/textFile';
import { unifiedDiff } from '../changes/unifiedDiff';
import { ReviewTargetError, type RepositoryTarget, type ReviewDiff } from '../ports/reviewDiffs';
import { FileAccessError } from '../ports/workspaceFiles';
import type { ChangedFile } from '../protocol/changes';
import type { ContentId, TurnId } from '../protocol/ids';
import type { UserInput } from '../protocol/input';
import type { FileChangeSummary } from '../protocol/items';
import { openFindings } from '../protocol/openFindings';
import { type FindingResolution, type ReviewFinding } from '../protocol/review';
import type { ThreadState } from '../protocol/threadState';
import type { ThreadParts } from './threadParts';
import { placeToday } from './placeToday';
import { isVisible } from './visibleChanges';

/** What a person asks to be reviewed; the instruction is empty where they said nothing more. */
export interface ReviewAsked {
  readonly target: RepositoryTarget;
  readonly instruction: string;
}

/** A repository that takes longer hangs. */
const readLimitMs = 60_000;

/** Reads what is to be reviewed. @throws ReviewTargetError where there is no such thing, or nothing changed. */
export async function readReviewTask(
  parts: ThreadParts,
  target: RepositoryTarget,
  instruction: string,
): Promise<ReviewTask> {
  const signal = AbortSignal.timeout(readLimitMs);
  const read = await parts.ports.reviewDiffs(parts.cwd).read(target, signal);
  const diff = { ...read, files: read.files.filter(({ path }) => isVisible(parts, path)) };
  const known = knownFindings(parts.events.state, 'asked');
  if (diff.files.length > 0) {
    const placeNow = diff.readThen && placeNowOf(parts, diff.readThen);
    return { target, diff, instruction, known, ...(placeNow && { placeNow }) };
  }
  throw new ReviewTargetError(nothingWords(target));
}

function nothingWords(target: RepositoryTarget): string {
  switch (target.kind) {
    case 'uncommitted':
      return l10n.t('There is nothing to review: no uncommitted changes.');
    case 'base':
      return l10n.t('There is nothing to review: no changes since {0}.', target.ref);
    case 'commit':
      return l10n.t(
        'There is nothing to review: no changes in commit {0}.',
        target.sha.slice(0, 12),
      );
  }
}

/** Files that cannot be read any more have nothing of what was reviewed. */
function placeNowOf(
  { files }: ThreadParts,
  readThen: NonNullable<ReviewDiff['readThen']>,
): NonNullable<ReviewTask['placeNow']> {
  return async (finding) => {
    const { path } = finding;
    const then = await readThen(path, AbortSignal.timeout(readLimitMs));
    const now = await files.read(path).catch((error: unknown) => {
      if (error instanceof FileAccessError) return null;
      throw error;
    });
    return placeToday(finding, then, now);
  };
}

/** What a review is not to say again: what the person dismissed, and for one of a turn also what stands open. */
export function knownFindings(state: ThreadState, by: 'turn' | 'asked'): readonly ReviewFinding[] {
  return state.turns.flatMap(({ entries }) =>
    entries.flatMap((entry) =>
      entry.type === 'review'
        ? entry.findings.filter(
            ({ resolution }) =>
              resolution === 'dismissed' ||
              (by === 'turn' && entry.target.kind === 'turn' && resolution === undefined),
          )
        : [],
    ),
  );
}

/** What the person says by asking for a review. */
export function reviewInput(target: RepositoryTarget, instruction: string): UserInput {
  const text = reviewWords(target);
  return { text: instruction ? `${text}\n\n${instruction}` : text, attachments: [] };
}

function reviewWords(target: RepositoryTarget): string {
  switch (target.kind) {
    case 'uncommitted':
      return l10n.t('Review the uncommitted changes.');
    case 'base':
      return l10n.t('Review the changes since {0}.', target.ref);
    case 'commit':
      return l10n.t('Review the commit {0}.', target.sha.slice(0, 12));
  }
}

/** The open changes of the files that a turn touched, as they are now. */
export async function turnDiff(parts: ThreadParts, turnId: TurnId): Promise<ReviewDiff> {
  const files = parts.events.state.changes.files.filter(
    ({ origins, path }) =>
      origins.some((origin) => origin.turnId === turnId) && isVisible(parts, path),
  );
  return {
    files: await Promise.all(files.map((file) => summarize(parts, file))),
    how: 'The diff compares the files as the person last accepted them with what they hold now.',
  };
}

async function summarize(parts: ThreadParts, file: ChangedFile): Promise<FileChangeSummary> {
  const { path, kind, added, removed } = file;
  const contents = parts.ports.contents(parts.cwd);
  const contentOf = async (id: ContentId | null) => (id === null ? null : contents.get(id));
  const [before, after] = await Promise.all([contentOf(file.baseline), contentOf(file.live)]);
  const texts = decodePair(before, after);
  const diff = texts && !file.binary ? unifiedDiff(texts.before, texts.after).diff : '';
  return { path, kind, diff, added, removed };
}

/** Puts an open finding away, or marks it as given to the agent. False where it is not open any more. */
export function resolveFinding(
  { events }: ThreadParts,
  findingId: string,
  resolution: FindingResolution,
): boolean {
  const placed = openFindings(events.state).find(({ finding }) => finding.id === findingId);
  if (!placed) return false;
  const { turnId, review } = placed;
  events.emit({ type: 'finding.resolved', turnId, itemId: review.id, findingId, resolution });
  return true;
}
