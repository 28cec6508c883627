import type { TurnState } from '../../../../src/protocol/threadState';
import { formatDuration } from '../../format';

/** Retries before a step gives up: a rule of the agent, told to the person. */
const maxRetries = 5;

/** What a failed request waits for, and how long still (`leftMs`), in a sentence for people. */
export function retryWords(retry: NonNullable<TurnState['retry']>, leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000));
  const time = seconds < 60 ? `${seconds} s` : formatDuration(seconds * 1000);
  const when = seconds > 0 ? `trying again in ${time}` : 'trying again';
  switch (retry.waitingFor) {
    case 'network':
      return `Waiting for the network… ${when}`;
    case 'rateLimit':
      return `The server asks to wait, ${when} (attempt ${retry.attempt} of ${maxRetries})`;
    case 'retry':
      return `Connection lost, ${when} (attempt ${retry.attempt} of ${maxRetries})`;
  }
}
