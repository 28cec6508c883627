import * as l10n from '@vscode/l10n';
import { useState, type ReactElement } from 'react';
import type { PlanStepStatus } from '../../../../src/protocol/plan';
import { runningTurn } from '../../../../src/protocol/threadState';
import { DockLine } from '../../components/DockLine';
import { Icon, type IconName } from '../../components/Icon';
import { VisibleText } from '../../components/VisibleText';
import { useModel } from '../../viewContext';

const icons: Record<PlanStepStatus, { name: IconName; tone?: 'good' | 'accent' }> = {
  completed: { name: 'check', tone: 'good' },
  in_progress: { name: 'loading', tone: 'accent' },
  pending: { name: 'circle-small' },
};

function statusWords(status: PlanStepStatus): string {
  switch (status) {
    case 'completed':
      return l10n.t('(done)');
    case 'in_progress':
      return l10n.t('(in progress)');
    case 'pending':
      return l10n.t('(to do)');
  }
}

/** The agent's plan, open while there is something left to do in a running turn, otherwise one line. */
export function PlanPanel(): ReactElement | null {
  const plan = useModel(({ thread }) => thread?.plan ?? null);
  const running = useModel(({ thread }) => thread !== null && runningTurn(thread) !== undefined);
  const [chosen, setChosen] = useState<boolean | null>(null);
  if (!plan || plan.steps.length === 0) return null;

  const done = plan.steps.filter(({ status }) => status === 'completed').length;
  const current = plan.steps.find(({ status }) => status === 'in_progress');
  const open = chosen ?? (running && done < plan.steps.length);
  return (
    <section className="dock plan" role="region" aria-label={l10n.t('Plan')}>
      <DockLine title={l10n.t('Plan')} open={open} onToggle={() => setChosen(!open)}>
        <span className="segments" aria-hidden="true">
          {plan.steps.map(({ status }, index) => (
            <span key={index} className={`segment ${status}`} />
          ))}
        </span>
        {!open && <span className="dock-hint">{current?.step}</span>}
        <span className="aside">{l10n.t('{0} of {1}', done, plan.steps.length)}</span>
      </DockLine>
      {open && (
        // A long plan scrolls, also by keyboard.
        <ol className="plan-steps" tabIndex={0}>
          {plan.steps.map(({ step, status }, index) => (
            <li
              key={index}
              className={status}
              aria-current={status === 'in_progress' ? 'step' : undefined}
            >
              <Icon {...icons[status]} name={stepIcon(status, running)} />
              <span>
                <VisibleText kind="prose" text={step} />
              </span>
              <span className="visually-hidden">{statusWords(status)}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

/** Nothing spins while nothing runs. */
function stepIcon(status: PlanStepStatus, running: boolean): IconName {
  return status === 'in_progress' && !running ? 'circle-small-filled' : icons[status].name;
}
