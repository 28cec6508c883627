import * as l10n from '@vscode/l10n';
import { memo, type ReactElement } from 'react';
import { spellOut } from '../../../../src/protocol/visibleText';
import { Icon } from '../../components/Icon';
import { TerminalView } from '../../components/TerminalView';
import { useNow } from '../../components/useNow';
import { VisibleText } from '../../components/VisibleText';
import { formatClock } from '../../format';
import { useModel } from '../../viewContext';
import { OpenTerminalButton } from './OpenTerminalButton';
import type { WorkItem } from './transcriptBlocks';

/** Something that runs now, with the tail of its output and a clock. */
export const LiveItem = memo(function LiveItem({
  item,
}: {
  readonly item: WorkItem;
}): ReactElement {
  const waiting = useModel(
    ({ thread }) => thread?.approvals.some(({ itemId }) => itemId === item.id) ?? false,
  );
  if (waiting) {
    return (
      <div className="live">
        <div className="live-line">
          <Icon name="warning" tone="warning" />
          <span>{l10n.t('Waiting for you')}</span>
        </div>
      </div>
    );
  }
  return (
    <div className="live">
      <div className="live-line">
        <Icon name="loading" tone="accent" />
        <LiveTitle item={item} />
        <Clock itemId={item.id} />
        {item.type === 'commandExecution' && <OpenTerminalButton item={item} />}
      </div>
      {(item.type === 'commandExecution' || item.type === 'toolCall') && (
        <TerminalView output={item.output} live />
      )}
    </div>
  );
});

function LiveTitle({ item }: { readonly item: WorkItem }): ReactElement {
  switch (item.type) {
    case 'commandExecution':
      return (
        <code className="command-text">
          <VisibleText kind="code" text={item.command} />
        </code>
      );
    case 'toolCall':
      return (
        <span>
          <VisibleText kind="code" text={item.title} />
        </span>
      );
    case 'reasoning':
      return <span className="live-words">{reasoningTitle(item.text)}</span>;
    case 'fileChange':
      return (
        <span>
          {item.changes.length === 0
            ? l10n.t('Editing files')
            : l10n.t('Editing {0}', item.changes.map(({ path }) => spellOut(path)).join(', '))}
        </span>
      );
  }
}

/** Summaries open each part with a bold line that says what it is about; the latest one is the news. */
function reasoningTitle(text: string): string {
  const titles = [...text.matchAll(/^\*\*(.+?)\*\*/gm)];
  return titles[titles.length - 1]?.[1] ?? l10n.t('Thinking');
}

function Clock({ itemId }: { readonly itemId: string }): ReactElement | null {
  const startedAt = useModel(({ thread }) => thread?.turns.at(-1)?.itemsStartedAt?.[itemId]);
  const now = useNow(startedAt !== undefined);
  if (startedAt === undefined) return null;
  return <span className="aside">{formatClock(now - startedAt)}</span>;
}
