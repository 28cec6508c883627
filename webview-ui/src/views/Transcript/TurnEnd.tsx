import * as l10n from '@vscode/l10n';
import { useContext, useId, type ReactElement } from 'react';
import type { TurnErrorCode } from '../../../../src/protocol/events';
import type { TurnState } from '../../../../src/protocol/threadState';
import { Button } from '../../components/controls';
import { Icon } from '../../components/Icon';
import { formatCost, formatDuration, formatNumber, formatShare } from '../../format';
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

/** A button's words, and what it does. */
interface Help {
  readonly label: string;
  readonly press: (act: Act) => void;
}

function goOn(): Help {
  const label = l10n.t('Continue');
  // The person says it, so it is said in their language.
  return { label, press: (act) => act('turn/start', { input: { text: label, attachments: [] } }) };
}

/** Says what is wrong with the model, the address or the certificate, and offers the way to change it. */
function testConnection(): Help {
  return { label: l10n.t('Test connection'), press: (act) => act('connection/test', {}) };
}

/** What most likely helps. */
function helpFor(code: TurnErrorCode): Help {
  switch (code) {
    case 'credentials':
    case 'quota':
      return { label: l10n.t('Set API key'), press: (act) => act('key/set', {}) };
    case 'invalidRequest':
      return testConnection();
    case 'contextOverflow':
      return { label: l10n.t('New thread'), press: (act) => act('thread/start', {}) };
    case 'stream':
    case 'rateLimit':
    case 'journal':
    case 'badAnswer':
    case 'loop':
    case 'internal':
      return goOn();
  }
}

/** What went wrong, in a few words. */
function failureTitle(code: TurnErrorCode): string {
  switch (code) {
    case 'stream':
      return l10n.t('The connection was lost');
    case 'rateLimit':
      return l10n.t('The server is busy');
    case 'credentials':
      return l10n.t('The server did not accept the API key');
    case 'invalidRequest':
      return l10n.t('The server did not accept the request');
    case 'contextOverflow':
      return l10n.t('The thread is too long for the model');
    case 'quota':
      return l10n.t('The account has no budget left');
    case 'journal':
      return l10n.t('The thread could not be stored');
    case 'badAnswer':
      return l10n.t('The answer could not be read');
    case 'loop':
      return l10n.t('The agent went in circles');
    case 'internal':
      return l10n.t('Something went wrong in Tandem');
  }
}

function Failure(props: {
  readonly turn: TurnState;
  readonly place: 'last' | 'earlier';
}): ReactElement | null {
  const { turn, place } = props;
  const act = useAct();
  const own = useModel(({ readOnly }) => !readOnly);
  const id = useId();
  if (!turn.error) return null;
  const help = helpFor(turn.error.code);
  return (
    <div className="card failure" role="group" aria-labelledby={id}>
      <div className="card-line">
        <Icon name="error" tone="bad" />
        <strong id={id}>{failureTitle(turn.error.code)}</strong>
      </div>
      <p>{turn.error.message}</p>
      <p className="kept">{whatWasKept(turn)}</p>
      {place === 'last' && own && (
        <div className="card-buttons">
          <Button look="primary" onPress={() => help.press(act)}>
            {help.label}
          </Button>
          <RetryButton turn={turn} />
          {turn.error.code === 'stream' && (
            <Button look="link" onPress={() => testConnection().press(act)}>
              {testConnection().label}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function stopWords(by: NonNullable<TurnState['interruptedBy']>): string {
  switch (by) {
    case 'user':
      return l10n.t('Stopped. Everything up to here is kept.');
    case 'limit':
      return l10n.t('Stopped at your limit. Everything up to here is kept.');
    case 'restart':
      return l10n.t('Stopped when the editor was closed. Everything up to here is kept.');
  }
}

function Interruption(props: {
  readonly turn: TurnState;
  readonly place: 'last' | 'earlier';
}): ReactElement {
  const { turn, place } = props;
  const act = useAct();
  const own = useModel(({ readOnly }) => !readOnly);
  const help = goOn();
  return (
    <div className="notice interrupted">
      <Icon name="circle-slash" tone="muted" />
      <span>{stopWords(turn.interruptedBy ?? 'user')}</span>
      {place === 'last' && own && (
        <Button look="link" onPress={() => help.press(act)}>
          {help.label}
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
    ? l10n.t('Your message, the work so far and all changes to files are kept.')
    : l10n.t('Your message and everything up to here are kept.');
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
    tokens > 0 && l10n.t('{0} tokens, {1} cached', formatNumber(tokens), formatShare(cached)),
    cost !== undefined && cost > 0 && l10n.t('{0} estimated', formatCost(cost)),
  ].filter((part) => part !== false);
  return parts.length > 0 ? (
    <footer
      className="turn-footer"
      title={cost === undefined ? undefined : l10n.t('Cost estimated by list prices')}
    >
      {parts.join(' · ')}
    </footer>
  ) : null;
}
