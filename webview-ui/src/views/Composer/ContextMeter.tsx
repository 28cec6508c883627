import * as l10n from '@vscode/l10n';
import type { ReactElement } from 'react';
import { formatCompact, formatNumber, formatShare } from '../../format';
import { useModel } from '../../viewContext';
import { threadTotals } from './threadTotals';

/** Share of the context window from which the meter warns. */
const warnShare = 0.8;

/** Tokens the model in use can read; 0 where that is not known. */
export function useContextWindow(): number {
  return useModel(
    ({ settings }) => settings?.models.find(({ id }) => id === settings.model)?.contextWindow ?? 0,
  );
}

/** How full the model's context is: `18k · 7%`. A press shows what fills it. */
export function ContextMeter(props: {
  readonly open: boolean;
  readonly onToggle: () => void;
}): ReactElement | null {
  const tokens = useModel(({ thread }) => thread?.contextTokens ?? 0);
  const contextWindow = useContextWindow();
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
    <button
      type="button"
      className={`context-meter ${share !== undefined && share >= warnShare ? 'full' : ''}`}
      aria-expanded={props.open}
      aria-label={contextName(tokens, share)}
      title={`${read} ${totals}`}
      onClick={props.onToggle}
    >
      <span className="tokens">{formatCompact(tokens)}</span>
      {share !== undefined && (
        <>
          <span className="tokens"> · </span>
          {formatShare(share)}
        </>
      )}
    </button>
  );
}

/** It holds what stands there, for who says it to their computer. */
function contextName(tokens: number, share: number | undefined): string {
  return share === undefined
    ? l10n.t('Context: {0}', formatCompact(tokens))
    : l10n.t('Context: {0} · {1}', formatCompact(tokens), formatShare(share));
}
