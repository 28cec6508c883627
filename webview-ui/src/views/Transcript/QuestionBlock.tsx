import * as l10n from '@vscode/l10n';
import type { ReactElement } from 'react';
import type { QuestionItem } from '../../../../src/protocol/items';
import { Icon } from '../../components/Icon';
import { VisibleText } from '../../components/VisibleText';

/** What the agent asked, and what the person answered. */
export function QuestionBlock({ item }: { readonly item: QuestionItem }): ReactElement {
  if (item.status === 'inProgress') {
    return (
      <div className="live-line">
        <Icon name="question" tone="accent" />
        <span>{l10n.t('Waiting for your answer')}</span>
      </div>
    );
  }
  return (
    <dl className="card asked" aria-label={l10n.t('Question')}>
      {item.questions.map(({ id, question }) => (
        <div key={id}>
          <dt>
            <Icon name="question" tone="muted" />
            <span>
              <VisibleText kind="code" text={question} />
            </span>
          </dt>
          <dd className={item.answers?.[id] ? '' : 'muted'}>
            {item.answers?.[id] || l10n.t('Not answered')}
          </dd>
        </div>
      ))}
    </dl>
  );
}
