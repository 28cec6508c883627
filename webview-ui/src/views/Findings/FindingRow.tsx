import * as l10n from '@vscode/l10n';
import { memo, type ReactElement } from 'react';
import { placeWords, severityWord } from '../../../../src/protocol/findingWords';
import { findingPlace, type ReviewFinding } from '../../../../src/protocol/review';
import { Button } from '../../components/controls';
import { Prose } from '../../components/Prose';
import { VisibleText } from '../../components/VisibleText';
import { formatShare } from '../../format';
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
        <span className={`severity ${severity}`}>{severityWord(severity)}</span>
        <strong>
          <VisibleText text={title} />
        </strong>
      </div>
      <div className="finding-place">
        <Button
          look="link"
          name={l10n.t('Open {0}', place)}
          onPress={() => act('file/open', { path, line: startLine })}
        >
          {place}
        </Button>
        <span className="muted">
          {[placeWords(finding), l10n.t('{0} sure', formatShare(confidence))]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
      <Prose text={finding.body} />
      <div className="card-buttons">
        <Button
          name={l10n.t('Fix: {0}', title)}
          onPress={() => act('finding/fix', { findingId: id })}
        >
          {l10n.t('Fix')}
        </Button>
        <Button
          look="link"
          name={l10n.t('Dismiss: {0}', title)}
          onPress={() => act('finding/dismiss', { findingId: id })}
        >
          {l10n.t('Dismiss')}
        </Button>
      </div>
    </li>
  );
});
