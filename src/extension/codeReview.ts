import * as vscode from 'vscode';
import type { RepositoryTarget } from '../ports/reviewDiffs';
import { openFindings } from '../protocol/openFindings';
import { fixRequest } from '../protocol/findingWords';
import { runningTurn } from '../protocol/threadState';
import type { Host } from './host';
import { pickReviewTarget } from './pickReviewTarget';
import { RequestError } from './requestError';
import { requireReady, startOrSteer, untilStarted } from './sendInput';

/** What a person asks to be reviewed. */
export interface ReviewWish {
  /** Absent where they are to choose. */
  readonly target?: RepositoryTarget;
  /** The kind of target they are to choose of; absent where it is any. */
  readonly choose?: 'base' | 'commit';
  /** What to look at; empty where they said nothing. */
  readonly instruction: string;
}

/**
 * Starts a review in the shown thread, or in a new one. False where the person did not choose what to review.
 * @throws RequestError where a turn cannot start now, or there is nothing to review.
 */
export async function startReview(host: Host, wish: ReviewWish): Promise<boolean> {
  await host.shown.restore();
  const folder = await requireReady(host);
  if (host.shown.state && runningTurn(host.shown.state)) {
    throw new RequestError('busy', vscode.l10n.t('A turn is running: review after it.'));
  }
  const target = wish.target ?? (await pickReviewTarget(folder, wish.choose));
  if (!target) return false;
  const thread = host.shown.current ?? (await host.shown.start(folder));
  const asked = { target, instruction: wish.instruction };
  try {
    await untilStarted(host, thread, (context, options) => thread.review(asked, context, options));
  } catch (error) {
    // By its name: it comes from a part that is loaded later.
    if (!(error instanceof Error) || error.name !== 'ReviewTargetError') throw error;
    throw new RequestError('failed', error.message);
  }
  return true;
}

/** Gives an open finding to the agent. @throws RequestError */
export async function fixFinding(host: Host, findingId: string): Promise<void> {
  await host.shown.restore();
  const { finding } = findOpen(host, findingId);
  await startOrSteer(host, { text: fixRequest(finding), attachments: [] });
  host.shown.current?.resolveFinding(findingId, 'sent');
}

/** Puts an open finding away. @throws RequestError */
export async function dismissFinding(host: Host, findingId: string): Promise<void> {
  await host.shown.restore();
  findOpen(host, findingId);
  host.shown.current?.resolveFinding(findingId, 'dismissed');
}

function findOpen({ shown }: Host, findingId: string) {
  const open = shown.state ? openFindings(shown.state) : [];
  const placed = open.find(({ finding }) => finding.id === findingId);
  if (placed) return placed;
  throw new RequestError('notFound', vscode.l10n.t('This finding is not open any more.'));
}
