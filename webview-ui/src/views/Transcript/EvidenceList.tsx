import { memo, useMemo, useState, type ReactElement } from 'react';
import type { TranscriptEntry } from '../../../../src/protocol/threadState';
import { Icon } from '../../components/Icon';
import { TerminalView } from '../../components/TerminalView';
import { findEvidence, type Check } from './evidence';

/** What the turn proved, each line with the command's own output behind it. */
export const EvidenceList = memo(function EvidenceList(props: {
  readonly entries: readonly TranscriptEntry[];
}): ReactElement | null {
  const { checks, edited } = useMemo(() => findEvidence(props.entries), [props.entries]);
  if (checks.length === 0 && !edited) return null;
  return (
    <div className="card evidence" role="group" aria-label="Checks">
      {checks.map((check) => (
        <CheckLine key={check.item.id} check={check} edited={edited} />
      ))}
      {edited && !checks.some(({ current }) => current) && (
        <div className="card-line">
          <Icon name="info" tone="muted" />
          <span>{checks.length > 0 ? 'After the last edit' : 'No check was run'}</span>
          <span className="aside">not verified</span>
        </div>
      )}
    </div>
  );
});

function CheckLine(props: { readonly check: Check; readonly edited: boolean }): ReactElement {
  const { check, edited } = props;
  const [open, setOpen] = useState(false);
  return (
    <div className="check">
      <button
        type="button"
        className="card-line"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {check.passed ? <Icon name="check" tone="good" /> : <Icon name="close" tone="bad" />}
        <code className="command-text">{check.item.command}</code>
        <span className={`aside ${check.current ? 'link' : ''}`}>{describe(check, edited)}</span>
      </button>
      {open && <TerminalView output={check.item.output} />}
    </div>
  );
}

function describe({ passed, current, item }: Check, edited: boolean): string {
  const result = passed ? 'passed' : `failed, exit ${item.exitCode}`;
  if (!edited) return result;
  return `${result} ${current ? 'after' : 'before'} the last edit`;
}
