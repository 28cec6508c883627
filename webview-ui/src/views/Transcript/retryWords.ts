import type { TurnState } from '../../../../src/protocol/threadState';
import * as l10n from '@vscode/l10n';
import { formatDuration } from '../../format';

/** Retries before a step gives up: a rule of the agent, told to the person. */
const maxRetries = 5;

/** What a failed request waits for, and how long still (`leftMs`), in a sentence for people. */
export function retryWords(retry: NonNullable<TurnState['retry']>, leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000));
  const { waitingFor, attempt } = retry;
  if (seconds === 0) {
    switch (waitingFor) {
      case 'network':
        return l10n.t('Waiting for the network… trying again');
      case 'rateLimit':
        return l10n.t(
          'The server asks to wait, trying again (attempt {0} of {1})',
          attempt,
          maxRetries,
        );
      case 'retry':
        return l10n.t('Connection lost, trying again (attempt {0} of {1})', attempt, maxRetries);
    }
  }
  const time = seconds < 60 ? l10n.t('{0} s', seconds) : formatDuration(seconds * 1000);
  switch (waitingFor) {
    case 'network':
      return l10n.t('Waiting for the network… trying again in {0}', time);
    case 'rateLimit':
      return l10n.t(
        'The server asks to wait, trying again in {0} (attempt {1} of {2})',
        time,
        attempt,
        maxRetries,
      );
    case 'retry':
      return l10n.t(
        'Connection lost, trying again in {0} (attempt {1} of {2})',
        time,
        attempt,
        maxRetries,
      );
  }
}
