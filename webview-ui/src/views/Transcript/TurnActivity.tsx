import * as l10n from '@vscode/l10n';
import { useState, type ReactElement } from 'react';
import type { TurnState } from '../../../../src/protocol/threadState';
import { Icon } from '../../components/Icon';
import { useNow } from '../../components/useNow';
import { retryWords } from './retryWords';

/** What a running turn is doing while no item of it shows that. */
export function TurnActivity({ turn }: { readonly turn: TurnState }): ReactElement | null {
  const { retry } = turn;
  if (retry) return <RetryLine key={retry.attempt} retry={retry} />;
  // What runs goes on running under a notice.
  const last = turn.entries.findLast((entry) => entry.type !== 'notice');
  const lastIsLive =
    last?.status === 'inProgress' && !(last.type === 'agentMessage' && last.text === '');
  if (lastIsLive) return null;
  return (
    <div className="live-line thinking">
      <Icon name="loading" tone="accent" />
      <span className="live-words">{l10n.t('Thinking')}</span>
    </div>
  );
}

function RetryLine({ retry }: { readonly retry: NonNullable<TurnState['retry']> }): ReactElement {
  // Its own clock, which may differ from that of the host, never makes it wait longer than was said.
  const [latestAt] = useState(() => Date.now() + retry.delayMs);
  const endsAt = Math.min(latestAt, retry.retriedAt);
  const now = useNow(true);
  return (
    <div className="live-line retry" title={retry.error.message}>
      <Icon name="loading" tone="warning" />
      <span>
        {retry.waitingFor === 'network' && `${retry.error.message} `}
        {retryWords(retry, endsAt - now)}
      </span>
    </div>
  );
}
