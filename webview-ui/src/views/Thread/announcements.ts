import * as l10n from '@vscode/l10n';
import type { Approval } from '../../../../src/protocol/approvals';
import {
  openQuestion,
  waitingPlan,
  type ThreadState,
  type TurnState,
} from '../../../../src/protocol/threadState';
import { spellOut } from '../../../../src/protocol/visibleText';
import { formatDuration, formatNumber } from '../../format';

function subjectWords(subject: Approval['subject']): string {
  switch (subject.kind) {
    case 'command':
      return subject.command;
    case 'patch':
    case 'read':
      return subject.paths.map(spellOut).join(', ');
    case 'network':
      return l10n.t(
        '{0}, port {1}, for {2}',
        spellOut(subject.host),
        subject.port,
        subject.command,
      );
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
    sentences.push(l10n.t('Approval needed: {0}', subjectWords(subject)));
  }

  if (isOffline(turn) && !isOffline(same)) sentences.push(l10n.t('Waiting for the network.'));

  const open = openQuestion(after);
  if (open && openQuestion(before)?.id !== open.id) {
    const questions = open.questions.map(({ question }) => question).join(' ');
    sentences.push(l10n.t('The agent asks: {0}', questions));
  }

  if (turn && turn.status !== 'running' && same?.status === 'running') {
    if (turn.status === 'completed') sentences.push(...describeReview(turn));
    sentences.push(describeEnd(turn));
    if (waitingPlan(after)) sentences.push(l10n.t('A plan waits for your decision.'));
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
function describeReview({ entries }: TurnState): readonly string[] {
  const review = entries.find((entry) => entry.type === 'review');
  if (review?.status !== 'completed') return [];
  const count = review.findings.length;
  if (count === 0) return [l10n.t('The review has no findings.')];
  return [
    count === 1
      ? l10n.t('The review has 1 finding.')
      : l10n.t('The review has {0} findings.', formatNumber(count)),
  ];
}

function describeEnd(turn: TurnState): string {
  const { startedAt, endedAt } = turn;
  const time = endedAt === undefined ? undefined : formatDuration(endedAt - startedAt);
  switch (turn.status) {
    case 'completed':
      return time === undefined
        ? l10n.t('Turn finished.')
        : l10n.t('Turn finished after {0}.', time);
    case 'interrupted':
      return time === undefined ? l10n.t('Turn stopped.') : l10n.t('Turn stopped after {0}.', time);
    case 'failed':
      return l10n.t('Turn failed: {0}', turn.error?.message ?? '');
    case 'running':
      return '';
  }
}
