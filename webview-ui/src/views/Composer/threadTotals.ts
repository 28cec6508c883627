import type { ThreadState } from '../../../../src/protocol/threadState';
import type { Connection } from '../../../../src/protocol/viewProtocol';
import { addUsage, noUsage } from '../../../../src/protocol/usage';
import { formatCost } from '../../format';

/** What the whole thread used so far, in a sentence; empty where it used nothing. The demo model costs nothing. */
export function threadTotals(
  { turns }: Pick<ThreadState, 'turns'>,
  connection?: Connection['kind'],
): string {
  const usage = turns.reduce((sum, turn) => addUsage(sum, turn.usage), noUsage);
  const cost = turns.reduce((sum, turn) => sum + (turn.cost ?? 0), 0);
  const tokens = usage.inputTokens + usage.outputTokens;
  if (tokens === 0) return '';
  const cached = usage.inputTokens > 0 ? usage.cachedInputTokens / usage.inputTokens : 0;
  const about = cost > 0 && connection !== 'demo' ? `, about ${formatCost(cost)}` : '';
  return `The whole thread used ${tokens.toLocaleString('en')} tokens, ${Math.round(cached * 100)}% cached${about}`;
}
