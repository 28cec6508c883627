import * as l10n from '@vscode/l10n';
import { withSummary } from '../agent/compactedHistory';
import { estimateItem } from '../agent/estimateTokens';
import type { ThreadEventBody } from '../protocol/events';
import type { ItemId } from '../protocol/ids';
import type { ModelItem } from '../protocol/modelItem';
import { lastCompaction, type ThreadState } from '../protocol/threadState';

/**
 * The event that gives the history the person's own words for its summary; all else in it stays.
 * @throws Error where the item is not the one whose summary stands in the history.
 */
export function editedSummary(
  log: {
    readonly state: ThreadState;
    readonly history: readonly ModelItem[];
    readonly contextSize: { readonly tokens: number };
  },
  itemId: ItemId,
  summary: string,
): ThreadEventBody {
  const last = lastCompaction(log.state);
  const text = summary.trim();
  const replacement = withSummary(log.history, text);
  if (last?.item.id !== itemId || !replacement) {
    throw new Error(
      l10n.t('Only the latest summary can be edited: the model no longer reads this one.'),
    );
  }
  if (text === '') {
    throw new Error(l10n.t('A summary cannot be empty: the model goes on from it.'));
  }
  const changed = replacement.findIndex((item, index) => item !== log.history[index]);
  const [before, after] = [log.history[changed], replacement[changed]];
  const grownBy = before && after ? estimateItem(after) - estimateItem(before) : 0;
  const tokensBefore = log.contextSize.tokens;
  return {
    type: 'history.compacted',
    replacement,
    tokensBefore,
    tokensAfter: Math.max(0, tokensBefore + grownBy),
    edited: { turnId: last.turnId, itemId, summary: text },
  };
}
