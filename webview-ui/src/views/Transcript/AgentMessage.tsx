import type { ReactElement } from 'react';
import type { AgentMessageItem } from '../../../../src/protocol/items';
import { AgentWords } from '../Comments/AgentWords';

/** What the agent said: a preamble as plain narration, or the answer. */
export function AgentMessage({ item }: { readonly item: AgentMessageItem }): ReactElement {
  return (
    <div className={item.phase === 'final' ? 'answer' : 'preamble'}>
      <AgentWords item={item} />
    </div>
  );
}
