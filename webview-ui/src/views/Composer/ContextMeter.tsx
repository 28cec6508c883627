import type { ReactElement } from 'react';
import { formatCompact } from '../../format';
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
  const of = contextWindow > 0 ? ` of ${contextWindow.toLocaleString('en')}` : '';
  return (
    <span
      className={`context-meter ${share !== undefined && share >= warnShare ? 'full' : ''}`}
      title={`The model reads ${tokens.toLocaleString('en')}${of} tokens of this thread. ${totals}`}
    >
      <span className="tokens">{formatCompact(tokens)}</span>
      {share !== undefined && (
        <>
          <span className="tokens"> · </span>
          {Math.round(share * 100)}%
        </>
      )}
    </span>
  );
}
