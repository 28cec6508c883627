import type { Approval } from '../../../../src/protocol/approvals';
import {
  openQuestion,
  waitingPlan,
  type ThreadState,
  type TurnState,
} from '../../../../src/protocol/threadState';
import { spellOut } from '../../../../src/protocol/visibleText';
import { countOf, formatDuration } from '../../format';

function subjectWords(subject: Approval['subject']): string {
  switch (subject.kind) {
    case 'command':
      return subject.command;
    case 'patch':
    case 'read':
      return subject.paths.map(spellOut).join(', ');
    case 'network':
      return `${spellOut(subject.host)}, port ${subject.port}, for ${subject.command}`;
  }
}

/**
 * What a screen reader is told about the step from one state to the next: preambles, questions and the end of a
 * turn, in whole sentences. Opening a thread says nothing of its past.
 */
export function announce(before: ThreadState | null, after: ThreadState | null): readonly string[] {
  if (!before || !after || before.threadId !== after.threadId) return [];
  const sentences: string[] = [];

  const turn = after.turns[after.turns.length - 1];
  const same = before.turns[after.turns.length - 1];
  if (turn && turn !== same) sentences.push(...newPreambles(same, turn));

  const asked = new Set(before.approvals.map(({ id }) => id));
  for (const { id, subject } of after.approvals) {
    if (asked.has(id)) continue;
    const what = subjectWords(subject);
    sentences.push(`Approval needed: ${what}`);
  }

  if (isOffline(turn) && !isOffline(same)) sentences.push('Waiting for the network.');

  const open = openQuestion(after);
  if (open && openQuestion(before)?.id !== open.id) {
    sentences.push(`The agent asks: ${open.questions.map(({ question }) => question).join(' ')}`);
  }

  if (turn && turn.status !== 'running' && same?.status === 'running') {
    sentences.push(describeEnd(turn));
    if (waitingPlan(after)) sentences.push('A plan waits for your decision.');
  }
  return sentences;
}

/** Entries only grow at the end or change in place, so looking back ends at the first one that is the same. */
function newPreambles(before: TurnState | undefined, after: TurnState): readonly string[] {
  const sentences: string[] = [];
  for (let at = after.entries.length - 1; at >= 0; at--) {
    const entry = after.entries[at];
    const old = before?.entries[at];
    if (entry === old) break;
    const finished = entry?.type === 'agentMessage' && entry.status === 'completed';
    const wasFinished = old?.type === 'agentMessage' && old.status === 'completed';
    if (finished && !wasFinished) sentences.unshift(entry.text);
  }
  return sentences;
}

function isOffline(turn: TurnState | undefined): boolean {
  return turn?.retry?.waitingFor === 'network';
}

/** Where the turn was a review, what came of it. */
function describeReview({ entries }: TurnState): string {
  const review = entries.find((entry) => entry.type === 'review');
  if (review?.status !== 'completed') return '';
  return `The review has ${review.findings.length === 0 ? 'no findings' : countOf(review.findings.length, 'finding')}. `;
}

function describeEnd(turn: TurnState): string {
  const time =
    turn.endedAt === undefined ? '' : ` after ${formatDuration(turn.endedAt - turn.startedAt)}`;
  switch (turn.status) {
    case 'completed':
      return `${describeReview(turn)}Turn finished${time}.`;
    case 'interrupted':
      return `Turn stopped${time}.`;
    case 'failed':
      return `Turn failed: ${turn.error?.message ?? ''}`;
    case 'running':
      return '';
  }
}
