import * as l10n from '@vscode/l10n';
import type { ReactElement } from 'react';
import { formatCompact, formatNumber, formatShare } from '../../format';
import { useModel } from '../../viewContext';
import { threadTotals } from './threadTotals';

/** Share of the context window from which the meter warns. */
const warnShare = 0.8;

/** How full the model's context is: `18k · 7%`. */
export function ContextMeter(): ReactElement | null {
  const tokens = useModel(({ thread }) => thread?.contextTokens ?? 0);
  const contextWindow = useModel(
    ({ settings }) => settings?.models.find(({ id }) => id === settings.model)?.contextWindow ?? 0,
  );
  const totals = useModel(({ thread, settings }) =>
    thread === null ? '' : threadTotals(thread, settings?.connection.kind),
  );
  if (tokens === 0) return null;
  const share = contextWindow > 0 ? tokens / contextWindow : undefined;
  const read =
    contextWindow > 0
      ? l10n.t(
          'The model reads {0} of {1} tokens of this thread.',
          formatNumber(tokens),
          formatNumber(contextWindow),
        )
      : l10n.t('The model reads {0} tokens of this thread.', formatNumber(tokens));
  return (
    <span
      className={`context-meter ${share !== undefined && share >= warnShare ? 'full' : ''}`}
      title={`${read} ${totals}`}
    >
      <span className="tokens">{formatCompact(tokens)}</span>
      {share !== undefined && (
        <>
          <span className="tokens"> · </span>
          {formatShare(share)}
        </>
      )}
    </span>
  );
}
