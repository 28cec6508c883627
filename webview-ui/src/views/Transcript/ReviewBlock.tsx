import * as l10n from '@vscode/l10n';
import type { ReactElement } from 'react';
import { placeWords, severityWord } from '../../../../src/protocol/findingWords';
import type { ReviewItem } from '../../../../src/protocol/items';
import { findingPlace, type ReviewFinding } from '../../../../src/protocol/review';
import { Disclosure } from '../../components/Disclosure';
import { Icon } from '../../components/Icon';
import { Prose } from '../../components/Prose';
import { VisibleText } from '../../components/VisibleText';
import { formatNumber, joinParts } from '../../format';
import { itemMemory } from './openWork';
import { reviewedWords } from './reviewWords';

/** What came of a review; its open findings wait in the Review region. */
export function ReviewBlock({ item }: { readonly item: ReviewItem }): ReactElement {
  const { findings, target, explanation, leftOut = 0 } = item;
  return (
    <div className="answer review">
      <div className="card-line">
        {item.verdict === 'sound' ? (
          <Icon name="check" tone="good" />
        ) : (
          <Icon name="warning" tone="warning" />
        )}
        <strong>{reviewedWords(target, findings.length)}</strong>
      </div>
      {explanation !== '' && <Prose text={explanation} />}
      {findings.length > 0 && (
        <Disclosure memory={itemMemory(item.id)} summary={l10n.t('What was found')}>
          <ul className="found">
            {findings.map((finding) => (
              <FoundLine key={finding.id} finding={finding} />
            ))}
          </ul>
        </Disclosure>
      )}
      {leftOut > 0 && (
        <p className="muted">
          {leftOut === 1
            ? l10n.t('1 finding about lines that did not change was left out.')
            : l10n.t(
                '{0} findings about lines that did not change were left out.',
                formatNumber(leftOut),
              )}
        </p>
      )}
    </div>
  );
}

function FoundLine({ finding }: { readonly finding: ReviewFinding }): ReactElement {
  const { severity, title, resolution } = finding;
  const about = [
    findingPlace(finding),
    placeWords(finding),
    resolution === 'dismissed' ? l10n.t('dismissed') : '',
    resolution === 'sent' ? l10n.t('given to the agent') : '',
  ].filter((part) => part !== '');
  return (
    <li>
      <span className={`severity ${severity}`}>{severityWord(severity)}</span>{' '}
      <VisibleText text={title} /> <span className="muted">{joinParts(about)}</span>
    </li>
  );
}
