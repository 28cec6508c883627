import * as l10n from '@vscode/l10n';
import { useState, type ReactElement } from 'react';
import type { ViewRequestName, ViewRequests } from '../../../../src/protocol/viewProtocol';
import { Button, IconButton } from '../../components/controls';
import { Icon } from '../../components/Icon';
import { TitleEditor } from '../../components/TitleEditor';
import { VisibleText } from '../../components/VisibleText';
import { formatAge } from '../../format';
import { useView } from '../../viewContext';
import type { ListedThread } from './listedThreads';

/** One thread: opens with a click; what else can be done with it appears beside it. */
export function HistoryRow(props: {
  readonly listed: ListedThread;
  readonly place: 'shown' | 'other';
  readonly now: number;
  readonly onOpen: () => void;
  readonly onChanged: () => void;
}): ReactElement {
  const { listed, place, now, onOpen, onChanged } = props;
  const { thread, excerpt } = listed;
  const { connection, threads: store } = useView();
  const [doing, setDoing] = useState<'renaming' | 'deleting'>();
  const title = thread.title || l10n.t('Untitled thread');
  const threadId = thread.id;

  function ask<Name extends ViewRequestName>(name: Name, params: ViewRequests[Name]['params']) {
    setDoing(undefined);
    connection
      .request(name, params)
      .then(() => store.report(null))
      .catch((error: unknown) => store.report((error as Error).message))
      .finally(onChanged);
  }

  if (doing === 'renaming') {
    const end = (next: string | undefined) => {
      if (next === undefined) setDoing(undefined);
      else ask('thread/rename', { threadId, title: next });
    };
    return (
      <li className="history-item">
        <TitleEditor title={title} onEnd={end} />
      </li>
    );
  }
  if (doing === 'deleting') {
    return (
      <li className="history-item confirm" role="group" aria-label={l10n.t('Delete {0}?', title)}>
        <span className="history-title">
          {l10n.t('Delete “{0}”? Files stay as they are.', title)}
        </span>
        <Button onPress={() => setDoing(undefined)}>{l10n.t('Keep')}</Button>
        <Button look="primary" onPress={() => ask('thread/delete', { threadId })}>
          {l10n.t('Delete')}
        </Button>
      </li>
    );
  }
  return (
    <li className="history-item" role="group" aria-label={title}>
      <button
        type="button"
        className="history-row"
        aria-current={place === 'shown' ? 'true' : undefined}
        onClick={onOpen}
      >
        {thread.running && <Icon name="loading" tone="accent" />}
        <span className="history-text">
          <span className="history-title">
            <VisibleText kind="prose" text={title} />
          </span>
          {excerpt && <span className="history-excerpt">{excerpt}</span>}
        </span>
        <span className="aside">{asideText(listed, now)}</span>
      </button>
      <span className="history-actions">
        <IconButton icon="edit" name={l10n.t('Rename')} onPress={() => setDoing('renaming')} />
        <IconButton
          icon="export"
          name={l10n.t('Export')}
          tooltip={l10n.t('Export as Markdown')}
          onPress={() => ask('thread/export', { threadId, format: 'markdown' })}
        />
        <IconButton
          icon={thread.archived ? 'inbox' : 'archive'}
          name={thread.archived ? l10n.t('Bring back') : l10n.t('Archive')}
          onPress={() => ask('thread/archive', { threadId, archived: !thread.archived })}
        />
        <IconButton icon="trash" name={l10n.t('Delete')} onPress={() => setDoing('deleting')} />
      </span>
    </li>
  );
}

function asideText({ thread }: ListedThread, now: number): string {
  if (thread.running) return l10n.t('running');
  const age = formatAge(thread.updatedAt, now);
  return thread.archived ? l10n.t('archived, {0}', age) : age;
}
