import { useState, type ReactElement } from 'react';
import type { TurnState } from '../../../../src/protocol/threadState';
import { Icon } from '../../components/Icon';
import { useNow } from '../../components/useNow';

/** Retries before a step gives up: a rule of the agent, told to the person. */
const maxRetries = 5;

/** What a running turn is doing while no item of it shows that. */
export function TurnActivity({ turn }: { readonly turn: TurnState }): ReactElement | null {
  const { retry } = turn;
  if (retry) return <RetryLine key={retry.attempt} retry={retry} />;
  const last = turn.entries[turn.entries.length - 1];
  const lastIsLive =
    last !== undefined &&
    last.type !== 'notice' &&
    last.status === 'inProgress' &&
    !(last.type === 'agentMessage' && last.text === '');
  if (lastIsLive) return null;
  return (
    <div className="live-line thinking">
      <Icon name="loading" tone="accent" />
      <span className="live-words">Thinking</span>
    </div>
  );
}

function RetryLine({ retry }: { readonly retry: NonNullable<TurnState['retry']> }): ReactElement {
  const [endsAt] = useState(() => Date.now() + retry.delayMs);
  const now = useNow(true);
  const seconds = Math.max(0, Math.ceil((endsAt - now) / 1000));
  const what = retry.error.code === 'rateLimit' ? 'The server asks to wait' : 'Connection lost';
  const when = seconds > 0 ? `trying again in ${seconds} s` : 'trying again';
  return (
    <div className="live-line retry" title={retry.error.message}>
      <Icon name="loading" tone="warning" />
      <span>
        {what}, {when} (attempt {retry.attempt} of {maxRetries})
      </span>
    </div>
  );
}
