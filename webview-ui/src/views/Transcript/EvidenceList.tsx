import * as l10n from '@vscode/l10n';
import { memo, useContext, type ReactElement } from 'react';
import type { ItemId } from '../../../../src/protocol/ids';
import type { Evidence } from '../../../../src/protocol/items';
import type { TranscriptEntry } from '../../../../src/protocol/threadState';
import { Button } from '../../components/controls';
import { Icon } from '../../components/Icon';
import { TerminalView } from '../../components/TerminalView';
import { useRemembered } from '../../components/useRemembered';
import { VisibleText } from '../../components/VisibleText';
import { RevealedItem } from './revealedItem';
import { TurnOpening } from './turnOpening';

/** What the turn's answer is backed by, each line with the output of its command behind it. */
export const EvidenceList = memo(function EvidenceList(props: {
  readonly entries: readonly TranscriptEntry[];
}): ReactElement | null {
  const { entries } = props;
  const evidence = evidenceOf(entries);
  if (evidence.length === 0) return null;
  return (
    <div className="card evidence" role="group" aria-label={l10n.t('Checks')}>
      {evidence.map((check, index) => (
        <CheckLine key={index} check={check} output={outputOf(entries, check.commandItemId)} />
      ))}
    </div>
  );
});

/** That of the last answer: a steered turn has several, each about all that was done by then. */
function evidenceOf(entries: readonly TranscriptEntry[]): readonly Evidence[] {
  const answer = entries.findLast((entry) => entry.type === 'agentMessage');
  return answer?.type === 'agentMessage' ? (answer.evidence ?? []) : [];
}

/** All of it, also what later calls read of a command that went on in the background. */
function outputOf(
  entries: readonly TranscriptEntry[],
  commandItemId: ItemId | undefined,
): string | undefined {
  const command = entries.find(({ id }) => id === commandItemId);
  if (command?.type !== 'commandExecution') return undefined;
  const { sessionId, output } = command;
  const more = entries.map((entry) =>
    sessionId !== undefined && entry.type === 'toolCall' && entry.session?.id === sessionId
      ? entry.output
      : '',
  );
  return output + more.join('');
}

const icons = {
  passed: { name: 'check', tone: 'good' },
  failed: { name: 'close', tone: 'bad' },
  outdated: { name: 'history', tone: 'muted' },
  notVerified: { name: 'question', tone: 'warning' },
} as const;

function CheckLine(props: {
  readonly check: Evidence;
  readonly output: string | undefined;
}): ReactElement {
  const { check, output } = props;
  const { turnId = '' } = useContext(TurnOpening) ?? {};
  const [open, setOpen] = useRemembered(`check ${turnId} ${check.label}`, false);
  const { reveal } = useContext(RevealedItem);
  const { commandItemId } = check;
  const line = (
    <>
      <Icon {...icons[check.verdict]} />
      {check.verdict === 'notVerified' ? (
        <span>{kindWords(check.kind)}</span>
      ) : (
        <code className="command-text">
          <VisibleText kind="code" text={check.label} />
        </code>
      )}
      <span className={`aside ${output === undefined ? '' : 'link'}`}>{describe(check)}</span>
    </>
  );
  if (output === undefined) {
    return (
      <div className="check">
        <div className="card-line">{line}</div>
      </div>
    );
  }
  return (
    <div className="check">
      <button
        type="button"
        className="card-line"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {line}
      </button>
      {open && (
        <>
          <TerminalView output={output} />
          {commandItemId !== undefined && (
            <div className="check-place">
              <Button
                look="link"
                name={l10n.t('Show where it ran: {0}', check.label)}
                onPress={() => reveal(commandItemId)}
              >
                {l10n.t('Show where it ran')}
              </Button>
            </div>
          )}
        </>
      )}
    </div>
  );
}

function describe({ verdict, exitCode }: Evidence): string {
  switch (verdict) {
    case 'passed':
      return l10n.t('passed');
    case 'failed':
      return l10n.t('failed, exit {0}', exitCode ?? '?');
    case 'outdated':
      return exitCode === 0
        ? l10n.t('passed before the last edit')
        : l10n.t('failed before the last edit');
    case 'notVerified':
      return l10n.t('claimed, not verified');
  }
}

/** What was claimed, where no command shows it. */
function kindWords(kind: Evidence['kind']): string {
  switch (kind) {
    case 'test':
      return l10n.t('Tests');
    case 'lint':
      return l10n.t('Lint');
    case 'types':
      return l10n.t('Type check');
    case 'build':
      return l10n.t('Build');
  }
}
