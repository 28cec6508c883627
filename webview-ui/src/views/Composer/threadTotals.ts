import * as l10n from '@vscode/l10n';
import type { ThreadState } from '../../../../src/protocol/threadState';
import type { Connection } from '../../../../src/protocol/viewProtocol';
import { addUsage, noUsage } from '../../../../src/protocol/usage';
import { formatCost, formatNumber, formatShare } from '../../format';

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
  const counts = [formatNumber(tokens), formatShare(cached)];
  return cost > 0 && connection !== 'demo'
    ? l10n.t('The whole thread used {0} tokens, {1} cached, about {2}', ...counts, formatCost(cost))
    : l10n.t('The whole thread used {0} tokens, {1} cached', ...counts);
}
