import * as l10n from '@vscode/l10n';
import { useEffect, useState, type ReactElement } from 'react';
import type { ThreadState } from '../../../../src/protocol/threadState';
import type { Connection, ThreadStatus, ViewSettings } from '../../../../src/protocol/viewProtocol';
import { VisibleText } from '../../components/VisibleText';
import { formatNumber, formatShare } from '../../format';
import { useModel, useView } from '../../viewContext';
import { ComposerPanel } from './ComposerPanel';
import { threadTotals } from './threadTotals';
import { effortLabel } from './TurnSettings';

/** How things stand, as `/status` shows it: nothing of it is sent to the model. */
export function StatusPanel(props: { readonly onClose: () => void }): ReactElement {
  const { connection, threads } = useView();
  const settings = useModel((model) => model.settings);
  const thread = useModel((model) => model.thread);
  const [status, setStatus] = useState<ThreadStatus | null>(null);
  useEffect(() => {
    connection.request('thread/status', {}).then(setStatus, threads.reportError);
  }, [connection, threads]);
  const rows = settings ? statusRows(settings, thread, status) : [];
  return (
    <ComposerPanel title={l10n.t('Status')} onClose={props.onClose}>
      <dl className="status-rows">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <VisibleText kind="prose" text={value} />
            </dd>
          </div>
        ))}
      </dl>
    </ComposerPanel>
  );
}

function statusRows(
  settings: ViewSettings,
  thread: ThreadState | null,
  status: ThreadStatus | null,
): readonly (readonly [name: string, value: string])[] {
  const { model, effort, mode, approvalPolicy, models } = settings;
  const totals = thread ? threadTotals(thread, settings.connection.kind) : '';
  const window = models.find(({ id }) => id === model)?.contextWindow;
  return [
    [l10n.t('Connection'), connectionText(settings.connection)],
    [l10n.t('Model'), model],
    [l10n.t('Reasoning effort'), effortLabel(effort)],
    [l10n.t('Mode'), modeText(mode)],
    [l10n.t('Approval policy'), approvalPolicy],
    [l10n.t('Sandbox'), sandboxText(settings, status)],
    ...(thread && thread.contextTokens > 0
      ? [[l10n.t('Context'), contextText(thread.contextTokens, window)] as const]
      : []),
    ...(totals === '' ? [] : [[l10n.t('Use'), totals] as const]),
    [l10n.t('Folder'), status?.folder ?? settings.folder ?? l10n.t('None is open')],
  ];
}

function connectionText(connection: Connection): string {
  switch (connection.kind) {
    case 'api':
      return connection.host;
    case 'demo':
      return l10n.t('Demo model, without a server');
    case 'missingKey':
      return l10n.t('No API key is known yet');
  }
}

function modeText(mode: ViewSettings['mode']): string {
  switch (mode) {
    case 'agent':
      return l10n.t('Agent: changes files and runs commands');
    case 'plan':
      return l10n.t('Plan: reads, and ends with a plan to approve');
    case 'ask':
      return l10n.t('Ask: reads and answers');
  }
}

function sandboxText({ sandboxMode }: ViewSettings, status: ThreadStatus | null): string {
  if (sandboxMode === 'full-access') return l10n.t('full-access: commands are not confined');
  if (!status) return sandboxMode;
  const { sandboxUnavailable } = status;
  return sandboxUnavailable === null
    ? l10n.t('{0}: commands are confined', sandboxMode)
    : l10n.t('{0}, but commands cannot be confined here: {1}', sandboxMode, sandboxUnavailable);
}

function contextText(tokens: number, window: number | undefined): string {
  const used = formatNumber(tokens);
  if (window === undefined) return l10n.t('{0} tokens', used);
  return l10n.t('{0} of {1} tokens, {2}', used, formatNumber(window), formatShare(tokens / window));
}
