import * as l10n from '@vscode/l10n';
import { useMemo, useState, type ReactElement } from 'react';
import { openFindings } from '../../../../src/protocol/openFindings';
import type { ReviewFinding } from '../../../../src/protocol/review';
import { Disclosure } from '../../components/Disclosure';
import { DockLine } from '../../components/DockLine';
import { formatNumber } from '../../format';
import { useModel } from '../../viewContext';
import { FindingRow } from './FindingRow';
import { findingsWords } from './findingWords';

/** What reviews found and the person has not settled: the sure ones at once, the others folded. */
export function FindingsPanel(): ReactElement | null {
  const thread = useModel((model) => model.thread);
  const least = useModel(({ settings }) => settings?.reviewConfidence ?? 0);
  const [open, setOpen] = useState(true);
  const findings = useMemo(
    () => (thread ? openFindings(thread).map(({ finding }) => finding) : []),
    [thread],
  );
  if (findings.length === 0) return null;

  const sure = findings.filter(({ confidence }) => confidence >= least);
  const others = findings.filter(({ confidence }) => confidence < least);
  return (
    <section className="dock findings" role="region" aria-label={l10n.t('Review')}>
      <div className={`dock-header ${open ? '' : 'folded'}`}>
        <DockLine title={l10n.t('Review')} open={open} onToggle={() => setOpen(!open)}>
          <span className="muted">{findingsWords(findings.length)}</span>
        </DockLine>
      </div>
      {open && (
        <div className="dock-body">
          {sure.length > 0 && <List name={l10n.t('Findings')} findings={sure} />}
          {others.length > 0 && (
            <Disclosure summary={lessCertainWords(others.length)}>
              <List name={l10n.t('Less certain findings')} findings={others} />
            </Disclosure>
          )}
        </div>
      )}
    </section>
  );
}

function lessCertainWords(count: number): string {
  return count === 1
    ? l10n.t('1 less certain finding')
    : l10n.t('{0} less certain findings', formatNumber(count));
}

function List(props: {
  readonly name: string;
  readonly findings: readonly ReviewFinding[];
}): ReactElement {
  return (
    // The role is said because lists without marks lose it in some screen readers.
    <ul role="list" className="finding-list" aria-label={props.name}>
      {props.findings.map((finding) => (
        <FindingRow key={finding.id} finding={finding} />
      ))}
    </ul>
  );
}
