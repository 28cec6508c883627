import type { UserInput } from '../../../../src/protocol/input';
import type { ThreadState } from '../../../../src/protocol/threadState';

/** What the person said last in a thread; undefined where they said nothing yet. */
export function lastMessage({ turns }: Pick<ThreadState, 'turns'>): UserInput | undefined {
  for (const { entries } of turns.toReversed()) {
    const message = entries.findLast((entry) => entry.type === 'userMessage');
    if (message) return message.input;
  }
  return undefined;
}
