import * as l10n from '@vscode/l10n';
import type { ReactElement } from 'react';
import type { Suggestion } from '../../../../src/protocol/viewProtocol';
import { Icon } from '../../components/Icon';
import { VisibleText } from '../../components/VisibleText';
import { focusComposer } from '../../focusComposer';
import { useAct, useModel } from '../../viewContext';
import { obstacleTo } from '../Composer/obstacle';

const icons = { problem: 'error', test: 'beaker', todo: 'checklist', explain: 'info' } as const;

/** What a new thread looks like: a question, what Tandem does, and tasks this workspace suggests. */
export function EmptyState(): ReactElement {
  const settings = useModel((model) => model.settings);
  const act = useAct();
  const usable = settings !== null && obstacleTo(settings) === null;
  return (
    <div className="empty" role="log" aria-label={l10n.t('Transcript')} aria-live="off">
      <h2>{l10n.t('What should we do?')}</h2>
      <p>
        {l10n.t(
          'Tandem reads, runs and edits in this workspace. You accept or reject each change.',
        )}
      </p>
      {usable &&
        settings.suggestions.slice(0, 3).map((suggestion) => (
          <button
            key={suggestion.prompt}
            type="button"
            className="suggestion"
            onClick={() => {
              act('turn/start', { input: { text: suggestion.prompt, attachments: [] } });
              // The button goes away, and the person goes on by steering or stopping.
              focusComposer();
            }}
          >
            <Icon name={icons[suggestion.kind]} />
            <span>
              <SuggestionLabel suggestion={suggestion} />
            </span>
          </button>
        ))}
    </div>
  );
}

/** The label with its subject bold. */
function SuggestionLabel({ suggestion }: { readonly suggestion: Suggestion }): ReactElement {
  const { label, subject } = suggestion;
  const at = subject === '' ? -1 : label.indexOf(subject);
  if (at < 0) return <VisibleText kind="code" text={label} />;
  return (
    <>
      {label.slice(0, at)}
      <strong>
        <VisibleText kind="name" text={subject} />
      </strong>
      {label.slice(at + subject.length)}
    </>
  );
}
