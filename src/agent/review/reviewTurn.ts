import { isAbortError } from '../../base/abort';
import { inEnglish } from '../../base/language';
import type { ReviewDiff } from '../../ports/reviewDiffs';
import { placeWords } from '../../protocol/findingWords';
import { newId } from '../../protocol/ids';
import type { UserInput } from '../../protocol/input';
import type { ReviewItem } from '../../protocol/items';
import type { ModelItem } from '../../protocol/modelItem';
import {
  findingPlace,
  targetLabel,
  type ReviewFinding,
  type ReviewTarget,
} from '../../protocol/review';
import { runToEnd, sayInput } from '../runTurn';
import type { TurnEnvironment } from '../turnEnvironment';
import { userMessage } from '../userMessage';
import { apart } from './apart';
import { askReviewer } from './askReviewer';
import { checkFindings, saysTheSame } from './checkFindings';
import type { ReviewAnswer } from './reviewAnswer';
import { reviewRequest } from './reviewRequest';

/** What a review turn looks at. */
export interface ReviewTask {
  readonly target: ReviewTarget;
  readonly diff: ReviewDiff;
  /** What the person wants looked at; empty where they said nothing. */
  readonly instruction: string;
  /** What is not to be said again. */
  readonly known: readonly ReviewFinding[];
  /** Where a finding about an older version is in the files as they are now. */
  readonly placeNow?: (finding: ReviewFinding) => Promise<ReviewFinding>;
}

/** Runs a turn that reviews instead of working; it ends as `runTurn` does, and writes nothing. */
export async function runReviewTurn(
  turn: TurnEnvironment,
  input: UserInput,
  task: ReviewTask,
): Promise<void> {
  const { turnId } = turn;
  const reviewer = apart(turn, { quiet: false });
  turn.emit({ type: 'turn.started', turnId, input, context: reviewer.context });
  await runToEnd(turn, async () => {
    for (const text of turn.openingNotices) {
      turn.emit({ type: 'notice.raised', level: 'warning', text });
    }
    sayInput(turn, input);
    turn.emit({ type: 'history.appended', items: [userMessage(input)] });
    const review = await drawReview(turn, reviewer, task);
    if (!review) return false;
    turn.emit({ type: 'history.appended', items: [reportFor(review)] });
    return true;
  });
}

/** Undefined where the turn was stopped before the reviewer answered. */
async function drawReview(
  turn: TurnEnvironment,
  reviewer: TurnEnvironment,
  task: ReviewTask,
): Promise<ReviewItem | undefined> {
  const { turnId } = turn;
  const { target } = task;
  const empty = { type: 'review', id: newId(), target, findings: [], explanation: '' } as const;
  turn.emit({ type: 'item.started', turnId, item: { ...empty, status: 'inProgress' } });
  try {
    const { contextWindow } = reviewer.profile;
    const answer = await askReviewer(
      reviewer,
      reviewRequest(task.diff, { ...task, contextWindow }),
    );
    if (!answer) {
      turn.emit({ type: 'item.completed', turnId, item: { ...empty, status: 'interrupted' } });
      return undefined;
    }
    const read = reviewItem(empty.id, task, answer, turn.context.cwd);
    const { placeNow = async (finding) => finding } = task;
    const item = { ...read, findings: await Promise.all(read.findings.map(placeNow)) };
    turn.emit({ type: 'item.completed', turnId, item });
    return item;
  } catch (error) {
    const status = turn.signal.aborted && isAbortError(error) ? 'interrupted' : 'failed';
    turn.emit({ type: 'item.completed', turnId, item: { ...empty, status } });
    throw error;
  }
}

/** A review as it is shown: what of the answer is about the changes. `cwd` is absolute. */
export function reviewItem(
  id: string,
  { target, diff, known }: ReviewTask,
  answer: ReviewAnswer,
  cwd: string,
): ReviewItem {
  const { findings, leftOut } = checkFindings(answer.findings, diff.files, { cwd, newId });
  const fresh = findings.filter((finding) => !known.some((other) => saysTheSame(finding, other)));
  return {
    type: 'review',
    id,
    status: 'completed',
    target,
    findings: fresh,
    verdict: answer.overall_correctness === 'patch is correct' ? 'sound' : 'faulty',
    explanation: answer.overall_explanation.trim(),
    ...(leftOut > 0 ? { leftOut } : {}),
  };
}

/** What the agent knows of the review when the thread goes on. */
function reportFor({ target, findings, explanation }: ReviewItem): ModelItem {
  const lines = findings.map((finding) => {
    const note = inEnglish(() => placeWords(finding));
    const about = [note, finding.severity, `confidence ${finding.confidence}`].filter(Boolean);
    const body = finding.body.replaceAll('\n', '\n  ');
    return `- ${findingPlace(finding)} (${about.join(', ')}): ${finding.title}\n  ${body}`;
  });
  const found = lines.length > 0 ? lines.join('\n') : 'No findings.';
  const text = `<review_result>\nA reviewer looked at the ${targetLabel(target)}. The person sees its findings; do not act on them until they ask.\n${found}\n${explanation}\n</review_result>`;
  return { type: 'message', role: 'user', content: [{ type: 'input_text', text }] };
}
