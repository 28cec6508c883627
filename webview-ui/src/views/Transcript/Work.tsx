import * as l10n from '@vscode/l10n';
import { memo, type ReactElement } from 'react';
import { Disclosure } from '../../components/Disclosure';
import { Icon } from '../../components/Icon';
import { Phrase } from '../../components/Phrase';
import { Prose } from '../../components/Prose';
import { TerminalView } from '../../components/TerminalView';
import { VisibleText } from '../../components/VisibleText';
import { formatDuration } from '../../format';
import { RestoreItemButton } from '../Restore/RestoreButton';
import { CallError } from './CallError';
import { ChangeCards } from './ChangeCards';
import { CommandCard } from './CommandCard';
import { LiveItem } from './LiveItem';
import { itemMemory, wholeMemory, workMemory } from './openWork';
import { SeenImage } from './SeenImage';
import type { WorkItem } from './transcriptBlocks';
import { summarizeWork } from './workSummary';

/** Neighbouring work: what is finished folds into one line, what runs is shown live beneath it. */
export function Work(props: {
  readonly items: readonly WorkItem[];
  /** Paths that wait for accept or reject. */
  readonly pending: ReadonlySet<string>;
}): ReactElement {
  const { items, pending } = props;
  const finished = items.filter(({ status }) => status !== 'inProgress');
  const summary = summarizeWork(finished);
  // The folded line says already that it is thought: no second fold.
  const onlyThought = finished.every(({ type }) => type === 'reasoning');
  return (
    <div className="work">
      {finished.length > 0 && (
        <Disclosure
          memory={workMemory(items)}
          className="work-fold"
          summary={summary.text}
          aside={summary.durationMs > 0 ? formatDuration(summary.durationMs) : undefined}
        >
          {finished.map((item) => (
            <div key={item.id} className="work-item" data-item={item.id}>
              {onlyThought && item.type === 'reasoning' ? (
                <Reasoning text={item.text} />
              ) : (
                <FinishedItem item={item} pending={pending} />
              )}
            </div>
          ))}
        </Disclosure>
      )}
      {items
        .filter(({ status }) => status === 'inProgress')
        .map((item) => (
          <LiveItem key={item.id} item={item} />
        ))}
    </div>
  );
}

const FinishedItem = memo(function FinishedItem(props: {
  readonly item: WorkItem;
  readonly pending: ReadonlySet<string>;
}): ReactElement {
  const { item, pending } = props;
  switch (item.type) {
    case 'commandExecution':
      return <CommandCard item={item} />;
    case 'fileChange':
      return (
        <>
          {item.error !== undefined && (
            <div className="notice warning">
              <Icon name="warning" tone="warning" />
              <span>
                <Phrase
                  text={l10n.t('The edit was not applied: {0}')}
                  parts={[<VisibleText key="error" kind="prose" text={item.error} />]}
                />
              </span>
            </div>
          )}
          {item.status === 'completed' && <ChangeCards item={item} pending={pending} />}
          <RestoreItemButton itemId={item.id} />
        </>
      );
    case 'reasoning':
      return (
        <Disclosure memory={itemMemory(item.id)} summary={l10n.t('Reasoning')}>
          <Reasoning text={item.text} />
        </Disclosure>
      );
    case 'toolCall':
      if (item.image !== undefined && item.status === 'completed') {
        return <SeenImage item={item} path={item.image} />;
      }
      return (
        <>
          <Disclosure
            className="tool-call"
            memory={itemMemory(item.id)}
            summary={<VisibleText kind="code" text={item.title} />}
          >
            <TerminalView output={item.output} memory={wholeMemory(item.id)} />
          </Disclosure>
          <CallError text={item.error} />
        </>
      );
  }
});

function Reasoning({ text }: { readonly text: string }): ReactElement {
  return (
    <div className="reasoning">
      <Prose text={text} />
    </div>
  );
}
