import * as l10n from '@vscode/l10n';
import { useContext, useEffect, useId, useRef, type ReactElement } from 'react';
import type { CommandExecutionItem } from '../../../../src/protocol/items';
import { Icon } from '../../components/Icon';
import { TerminalView } from '../../components/TerminalView';
import { VisibleText } from '../../components/VisibleText';
import { formatDuration } from '../../format';
import { RestoreItemButton } from '../Restore/RestoreButton';
import { CallError } from './CallError';
import { OpenTerminalButton } from './OpenTerminalButton';
import { OutsideTag } from './OutsideTag';
import { wholeMemory } from './openWork';
import { RevealedItem } from './revealedItem';

/** A finished command: how it ended, how long it took, and all it printed. */
export function CommandCard({ item }: { readonly item: CommandExecutionItem }): ReactElement {
  const id = useId();
  const time = item.durationMs === undefined ? '' : ` · ${formatDuration(item.durationMs)}`;
  const { revealed, settle } = useContext(RevealedItem);
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (revealed !== item.id) return;
    card.current?.scrollIntoView({ block: 'center' });
    card.current?.focus({ preventScroll: true });
    settle();
  }, [revealed, settle, item.id]);
  return (
    <div className="card command" ref={card} tabIndex={-1}>
      <div className="card-line">
        <CommandIcon item={item} />
        <code className="command-text" id={id}>
          <VisibleText kind="code" text={item.command} />
        </code>
        <OutsideTag itemId={item.id} />
        <span className="aside">{`${describeEnding(item)}${time}`}</span>
        <OpenTerminalButton item={item} />
      </div>
      <CallError text={item.error} />
      <RestoreItemButton itemId={item.id} describedBy={id} />
      {item.status !== 'declined' && (
        <TerminalView output={item.output} memory={wholeMemory(item.id)} />
      )}
    </div>
  );
}

function CommandIcon({ item }: { readonly item: CommandExecutionItem }): ReactElement {
  if (item.exitCode === 0) return <Icon name="check" tone="good" />;
  if (item.status === 'declined' || item.status === 'interrupted') {
    return <Icon name="circle-slash" tone="muted" />;
  }
  if (item.exitCode === undefined && item.status === 'completed') {
    return <Icon name="terminal" tone="muted" />;
  }
  return <Icon name="close" tone="bad" />;
}

function describeEnding(item: CommandExecutionItem): string {
  if (item.status === 'declined') return l10n.t('not run');
  if (item.exitCode !== undefined) return l10n.t('exit {0}', item.exitCode);
  if (item.sessionId !== undefined) return l10n.t('in background');
  if (item.status === 'interrupted') return l10n.t('stopped');
  return item.status === 'failed' ? l10n.t('failed') : l10n.t('ended');
}
