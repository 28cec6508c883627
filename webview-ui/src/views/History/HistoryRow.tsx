import * as l10n from '@vscode/l10n';
import { useState, type ReactElement } from 'react';
import type { ViewRequestName, ViewRequests } from '../../../../src/protocol/viewProtocol';
import { IconButton } from '../../components/controls';
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
  /** True for the one row that the Tab key stops at. */
  readonly tabStop: boolean;
  readonly now: number;
  readonly onFocus: () => void;
  readonly onOpen: () => void;
  readonly onForked: () => void;
  readonly onDelete: () => void;
  readonly onChanged: () => void;
}): ReactElement {
  const { listed, place, tabStop, now, onFocus, onOpen, onForked, onDelete, onChanged } = props;
  const { thread, excerpt } = listed;
  const { connection, threads: store } = useView();
  const [doing, setDoing] = useState<'renaming'>();
  const title = thread.title || l10n.t('Untitled thread');
  const threadId = thread.id;

  function ask<Name extends ViewRequestName>(
    name: Name,
    params: ViewRequests[Name]['params'],
    onDone = onChanged,
  ) {
    setDoing(undefined);
    connection
      .request(name, params)
      .then(() => {
        store.report(null);
        onDone();
      })
      .catch((error: unknown) => {
        store.reportError(error);
        onChanged();
      });
  }

  if (doing === 'renaming') {
    const end = (next: string | undefined) => {
      if (next === undefined) setDoing(undefined);
      else ask('thread/rename', { threadId, title: next });
    };
    return (
      <li className="history-item" role="group" aria-label={title}>
        <TitleEditor title={title} onEnd={end} />
      </li>
    );
  }
  return (
    <li className="history-item" role="group" aria-label={title}>
      <button
        type="button"
        className="history-row"
        aria-current={place === 'shown' ? 'true' : undefined}
        tabIndex={tabStop ? 0 : -1}
        onFocus={onFocus}
        onClick={onOpen}
        onKeyDown={(event) => {
          if (event.key === 'F2') setDoing('renaming');
          else if (event.key === 'Delete') onDelete();
          else return;
          event.preventDefault();
        }}
      >
        {thread.waiting ? (
          <Icon name="warning" tone="warning" />
        ) : thread.running ? (
          <Icon name="loading" tone="accent" />
        ) : (
          thread.unread && <Icon name="circle-small-filled" tone="accent" />
        )}
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
          icon="repo-forked"
          name={l10n.t('Fork')}
          tooltip={l10n.t('Go on in a copy of this thread')}
          onPress={() => ask('thread/fork', { threadId }, onForked)}
        />
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
        <IconButton icon="trash" name={l10n.t('Delete')} onPress={onDelete} />
      </span>
    </li>
  );
}

function asideText({ thread }: ListedThread, now: number): string {
  if (thread.waiting) return l10n.t('waits for you');
  if (thread.running) return l10n.t('running');
  const age = formatAge(thread.updatedAt, now);
  if (thread.archived) return l10n.t('archived, {0}', age);
  return thread.unread ? l10n.t('new, {0}', age) : age;
}
