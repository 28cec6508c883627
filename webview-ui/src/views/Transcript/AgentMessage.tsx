import * as l10n from '@vscode/l10n';
import type { ReactElement } from 'react';
import type { AgentMessageItem } from '../../../../src/protocol/items';
import { CopyButton } from '../../components/CopyButton';
import { AgentWords } from '../Comments/AgentWords';

/** What the agent said: a preamble as plain narration, or the answer. */
export function AgentMessage({ item }: { readonly item: AgentMessageItem }): ReactElement {
  return (
    <div className={`with-actions ${item.phase === 'final' ? 'answer' : 'preamble'}`}>
      <AgentWords item={item} />
      {item.status !== 'inProgress' && (
        <span className="corner-actions">
          <CopyButton text={() => item.text} name={l10n.t('Copy message')} />
        </span>
      )}
    </div>
  );
}
