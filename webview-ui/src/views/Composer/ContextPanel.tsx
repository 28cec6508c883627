import * as l10n from '@vscode/l10n';
import { useEffect, useState, type ReactElement } from 'react';
import {
  contextKinds,
  type ContextKind,
  type ContextUse,
} from '../../../../src/protocol/contextUse';
import { runningCompaction, runningTurn } from '../../../../src/protocol/threadState';
import { Button } from '../../components/controls';
import { formatNumber, formatShare } from '../../format';
import { useAct, useModel, useView } from '../../viewContext';
import { ComposerPanel } from './ComposerPanel';
import { threadTotals } from './threadTotals';

/** What fills the model's context, and the way to make room. */
export function ContextPanel(props: {
  readonly contextWindow: number;
  readonly onClose: () => void;
}): ReactElement {
  const { contextWindow, onClose } = props;
  const act = useAct();
  const use = useContextUse();
  const totals = useModel(({ thread, settings }) =>
    thread === null ? '' : threadTotals(thread, settings?.connection.kind),
  );
  const busy = useModel(
    ({ thread, readOnly }) =>
      thread === null || readOnly || !!runningTurn(thread) || !!runningCompaction(thread),
  );
  return (
    <ComposerPanel title={l10n.t('Context')} onClose={onClose}>
      {use && (
        <>
          <p>{usedText(use.tokens, contextWindow)}</p>
          <ul className="context-parts" aria-label={l10n.t('What fills it, estimated')}>
            {contextKinds
              .filter((kind) => use.parts[kind] > 0)
              .map((kind) => (
                <ContextPart key={kind} kind={kind} parts={use.parts} />
              ))}
          </ul>
          <p className="muted">
            {l10n.t('The parts are estimated.')} {cacheText(use)} {totals && `${totals}.`}
          </p>
        </>
      )}
      <Button
        disabled={busy}
        onPress={() => {
          act('thread/compact', {});
          onClose();
        }}
      >
        {l10n.t('Summarise now')}
      </Button>
    </ComposerPanel>
  );
}

/** Asked for anew with each turn's and request's end, while it is looked at. */
function useContextUse(): ContextUse | null {
  const { connection, threads } = useView();
  const tokens = useModel(({ thread }) => thread?.contextTokens);
  const [use, setUse] = useState<ContextUse | null>(null);
  useEffect(() => {
    let wanted = true;
    connection.request('thread/context', {}).then(
      (answer) => wanted && setUse(answer),
      (error: unknown) => wanted && threads.reportError(error),
    );
    return () => void (wanted = false);
  }, [connection, threads, tokens]);
  return use;
}

function ContextPart(props: {
  readonly kind: ContextKind;
  readonly parts: ContextUse['parts'];
}): ReactElement {
  const { kind, parts } = props;
  const sum = contextKinds.reduce((total, each) => total + parts[each], 0);
  const share = Math.max(1, Math.round((parts[kind] / sum) * 100));
  return (
    <li>
      <span>{kindText(kind)}</span>
      <span className="context-bar" aria-hidden="true">
        <svg viewBox="0 0 100 1" preserveAspectRatio="none">
          <rect width={share} height="1" />
        </svg>
      </span>
      <span className="context-tokens">{formatNumber(parts[kind])}</span>
    </li>
  );
}

function kindText(kind: ContextKind): string {
  switch (kind) {
    case 'instructions':
      return l10n.t('Instructions and tools');
    case 'projectInstructions':
      return 'AGENTS.md';
    case 'summary':
      return l10n.t('Summary');
    case 'conversation':
      return l10n.t('Conversation');
    case 'toolOutput':
      return l10n.t('Tool output');
    case 'attachments':
      return l10n.t('Attachments and images');
  }
}

function usedText(tokens: number, contextWindow: number): string {
  const used = formatNumber(tokens);
  if (contextWindow === 0) return l10n.t('The next request has about {0} tokens.', used);
  return l10n.t(
    'The next request has about {0} tokens: {1} of the {2} that the model can read.',
    used,
    formatShare(tokens / contextWindow),
    formatNumber(contextWindow),
  );
}

function cacheText({ lastUsage }: ContextUse): string {
  if (!lastUsage || lastUsage.inputTokens === 0) return '';
  const share = lastUsage.cachedInputTokens / lastUsage.inputTokens;
  return l10n.t('Of the last request, {0} came from the cache.', formatShare(share));
}
