import * as l10n from '@vscode/l10n';
import { useContext, useId, type ReactElement } from 'react';
import type { TurnErrorCode } from '../../../../src/protocol/events';
import type { TurnState } from '../../../../src/protocol/threadState';
import { Button } from '../../components/controls';
import { Icon } from '../../components/Icon';
import { formatCost, formatDuration } from '../../format';
import { useAct, useModel, type Act } from '../../viewContext';
import { TurnOpening } from './turnOpening';

/** How a turn ended: its cost, or what happened, what was kept and a button that helps. */
export function TurnEnd(props: {
  readonly turn: TurnState;
  readonly place: 'last' | 'earlier';
}): ReactElement {
  const { turn, place } = props;
  return (
    <>
      {turn.status === 'failed' && turn.error && <Failure turn={turn} place={place} />}
      {turn.status === 'interrupted' && <Interruption turn={turn} place={place} />}
      <TurnFooter turn={turn} />
    </>
  );
}

interface Help {
  readonly label: string;
  readonly press: (act: Act) => void;
}

const setKey: Help = { label: 'Set API key', press: (act) => act('key/set', {}) };
const newThread: Help = { label: 'New thread', press: (act) => act('thread/start', {}) };
const goOn: Help = {
  label: 'Continue',
  press: (act) => act('turn/start', { input: { text: 'Continue', attachments: [] } }),
};

/** What went wrong in a few words, and what most likely helps. */
const failures: Record<TurnErrorCode, { readonly title: string; readonly help: Help }> = {
  stream: { title: 'The connection was lost', help: goOn },
  rateLimit: { title: 'The server is busy', help: goOn },
  credentials: { title: 'The server did not accept the API key', help: setKey },
  invalidRequest: { title: 'The server did not accept the request', help: newThread },
  contextOverflow: { title: 'The thread is too long for the model', help: newThread },
  quota: { title: 'The account has no budget left', help: setKey },
  journal: { title: 'The thread could not be stored', help: goOn },
  badAnswer: { title: 'The answer could not be read', help: goOn },
  loop: { title: 'The agent went in circles', help: goOn },
  internal: { title: 'Something went wrong in Tandem', help: goOn },
};

function Failure(props: {
  readonly turn: TurnState;
  readonly place: 'last' | 'earlier';
}): ReactElement | null {
  const { turn, place } = props;
  const act = useAct();
  const own = useModel(({ readOnly }) => !readOnly);
  const id = useId();
  if (!turn.error) return null;
  const { title, help } = failures[turn.error.code];
  return (
    <div className="card failure" role="group" aria-labelledby={id}>
      <div className="card-line">
        <Icon name="error" tone="bad" />
        <strong id={id}>{title}</strong>
      </div>
      <p>{turn.error.message}</p>
      <p className="kept">{whatWasKept(turn)}</p>
      {place === 'last' && own && (
        <div className="card-buttons">
          <Button look="primary" onPress={() => help.press(act)}>
            {help.label}
          </Button>
          <RetryButton turn={turn} />
        </div>
      )}
    </div>
  );
}

const stops = {
  user: 'Stopped',
  limit: 'Stopped at your limit',
  restart: 'Stopped when the editor was closed',
};

function Interruption(props: {
  readonly turn: TurnState;
  readonly place: 'last' | 'earlier';
}): ReactElement {
  const { turn, place } = props;
  const act = useAct();
  const own = useModel(({ readOnly }) => !readOnly);
  return (
    <div className="notice interrupted">
      <Icon name="circle-slash" tone="muted" />
      <span>{stops[turn.interruptedBy ?? 'user']}. Everything up to here is kept.</span>
      {place === 'last' && own && (
        <Button look="link" onPress={() => goOn.press(act)}>
          {goOn.label}
        </Button>
      )}
      {place === 'last' && own && <RetryButton turn={turn} />}
    </div>
  );
}

/** Says the same again in a turn of its own. A review is asked for anew, not said. */
function RetryButton({ turn }: { readonly turn: TurnState }): ReactElement | null {
  const { message } = useContext(TurnOpening) ?? {};
  const act = useAct();
  if (!message || turn.entries.some(({ type }) => type === 'review')) return null;
  const { text, attachments } = message.input;
  return (
    <Button
      look="link"
      icon="debug-restart"
      onPress={() => act('turn/start', { input: { text, attachments } })}
    >
      {l10n.t('Try again')}
    </Button>
  );
}

function whatWasKept(turn: TurnState): string {
  return turn.entries.some(({ type }) => type === 'fileChange')
    ? 'Your message, the work so far and all changes to files are kept.'
    : 'Your message and everything up to here are kept.';
}

function TurnFooter({ turn }: { readonly turn: TurnState }): ReactElement | null {
  const { usage, startedAt, endedAt } = turn;
  // The demo model borrows the name of one that costs something.
  const free = useModel(({ settings }) => settings?.connection.kind === 'demo');
  const cost = free ? undefined : turn.cost;
  const tokens = usage.inputTokens + usage.outputTokens;
  const cached = usage.inputTokens > 0 ? usage.cachedInputTokens / usage.inputTokens : 0;
  const parts = [
    endedAt !== undefined && formatDuration(endedAt - startedAt),
    tokens > 0 && `${tokens.toLocaleString('en')} tokens, ${Math.round(cached * 100)}% cached`,
    cost !== undefined && cost > 0 && `${formatCost(cost)} estimated`,
  ].filter((part) => part !== false);
  return parts.length > 0 ? (
    <footer
      className="turn-footer"
      title={cost === undefined ? undefined : 'Cost estimated by list prices'}
    >
      {parts.join(' · ')}
    </footer>
  ) : null;
}
