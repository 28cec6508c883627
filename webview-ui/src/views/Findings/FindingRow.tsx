import { memo, type ReactElement } from 'react';
import { findingPlace, placeNote, type ReviewFinding } from '../../../../src/protocol/review';
import { Button } from '../../components/controls';
import { Prose } from '../../components/Prose';
import { VisibleText } from '../../components/VisibleText';
import { useAct } from '../../viewContext';

/** One finding: how bad and how sure, where, why, and what to do about it. */
export const FindingRow = memo(function FindingRow(props: {
  readonly finding: ReviewFinding;
}): ReactElement {
  const { finding } = props;
  const { id, path, startLine, severity, confidence, title } = finding;
  const act = useAct();
  const place = findingPlace(finding);
  return (
    <li className="card finding">
      <div className="finding-head">
        <span className={`severity ${severity}`}>{severity}</span>
        <strong>
          <VisibleText text={title} />
        </strong>
      </div>
      <div className="finding-place">
        <Button
          look="link"
          name={`Open ${place}`}
          onPress={() => act('file/open', { path, line: startLine })}
        >
          {place}
        </Button>
        <span className="muted">
          {[placeNote(finding), `${Math.round(confidence * 100)} % sure`]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
      <Prose text={finding.body} />
      <div className="card-buttons">
        <Button name={`Fix: ${title}`} onPress={() => act('finding/fix', { findingId: id })}>
          Fix
        </Button>
        <Button
          look="link"
          name={`Dismiss: ${title}`}
          onPress={() => act('finding/dismiss', { findingId: id })}
        >
          Dismiss
        </Button>
      </div>
    </li>
  );
});
