import type { ReactElement } from 'react';
import type { ReviewItem } from '../../../../src/protocol/items';
import {
  findingPlace,
  placeNote,
  targetLabel,
  type ReviewFinding,
} from '../../../../src/protocol/review';
import { Disclosure } from '../../components/Disclosure';
import { Icon } from '../../components/Icon';
import { Prose } from '../../components/Prose';
import { VisibleText } from '../../components/VisibleText';
import { countOf } from '../../format';
import { itemMemory } from './openWork';

/** What came of a review; its open findings wait in the Review region. */
export function ReviewBlock({ item }: { readonly item: ReviewItem }): ReactElement {
  const { findings, target, explanation, leftOut = 0 } = item;
  const count = findings.length === 0 ? 'no findings' : countOf(findings.length, 'finding');
  return (
    <div className="answer review">
      <div className="card-line">
        {item.verdict === 'sound' ? (
          <Icon name="check" tone="good" />
        ) : (
          <Icon name="warning" tone="warning" />
        )}
        <strong>
          Reviewed the {targetLabel(target)}: {count}
        </strong>
      </div>
      {explanation !== '' && <Prose text={explanation} />}
      {findings.length > 0 && (
        <Disclosure memory={itemMemory(item.id)} summary="What was found">
          <ul className="found">
            {findings.map((finding) => (
              <FoundLine key={finding.id} finding={finding} />
            ))}
          </ul>
        </Disclosure>
      )}
      {leftOut > 0 && (
        <p className="muted">
          {countOf(leftOut, 'finding')} about lines that did not change{' '}
          {leftOut === 1 ? 'was' : 'were'} left out.
        </p>
      )}
    </div>
  );
}

function FoundLine({ finding }: { readonly finding: ReviewFinding }): ReactElement {
  const { severity, title, resolution } = finding;
  const became = resolution && { dismissed: 'dismissed', sent: 'given to the agent' }[resolution];
  return (
    <li>
      <span className={`severity ${severity}`}>{severity}</span> <VisibleText text={title} />{' '}
      <span className="muted">
        {[findingPlace(finding), placeNote(finding)].filter(Boolean).join(', ')}
        {became && `, ${became}`}
      </span>
    </li>
  );
}
