import * as l10n from '@vscode/l10n';
import {
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactElement,
} from 'react';
import type { ThreadSummary } from '../../../../src/protocol/viewProtocol';
import { Button, IconButton } from '../../components/controls';
import { focusComposer } from '../../focusComposer';
import { useAct, useModel } from '../../viewContext';
import { ProblemLine } from '../Thread/ProblemLine';
import { DeletedLine } from './DeletedLine';
import { groupByDay } from './groupByDay';
import { HistoryRow } from './HistoryRow';
import { listedThreads } from './listedThreads';
import type { Deletion } from './useDeletion';
import { useSearch, useThreadList } from './useThreadList';

/** The stored threads over the whole view: arrows move, Enter opens, typing searches, Escape closes. */
export function History(props: {
  readonly deletion: Deletion;
  readonly onClose: () => void;
}): ReactElement {
  const { deletion, onClose } = props;
  const { threads: stored, reload } = useThreadList(deletion.changes);
  const threads = stored?.filter(({ id }) => id !== deletion.deleted?.id);
  const [query, setQuery] = useState('');
  const [archived, setArchived] = useState(false);
  const [active, setActive] = useState<string>();
  const hits = useSearch(query.trim());
  const shown = useModel(({ thread }) => thread?.threadId);
  const act = useAct();
  const panel = useRef<HTMLDivElement>(null);
  const [now] = useState(() => Date.now());
  const loaded = threads !== undefined;
  const focusThen = useReturnFocus();
  // Whoever chose a thread goes on in it.
  const closeChosen = () => {
    focusThen(focusComposer);
    onClose();
  };
  // Before the browser draws, so that a key pressed at once finds its row.
  useLayoutEffect(() => {
    const first = panel.current?.querySelector<HTMLElement>('.history-row');
    (first ?? panel.current)?.focus();
  }, [loaded]);

  const archivedCount = (threads ?? []).filter((thread) => thread.archived).length;
  // Where the last one was brought back, the others are shown again.
  if (archived && loaded && archivedCount === 0) setArchived(false);
  const listed = listedThreads(threads ?? [], { archived, query: query.trim(), hits });

  // The row after it takes the focus, or the one before: the next key is meant for the list.
  function remove(thread: ThreadSummary): void {
    const at = listed.findIndex((each) => each.thread.id === thread.id);
    const next = listed[at + 1] ?? listed[at - 1];
    setActive(next?.thread.id);
    deletion.remove(thread);
    const rows = [...(panel.current?.querySelectorAll<HTMLElement>('.history-row') ?? [])];
    (rows[at + 1] ?? rows[at - 1] ?? panel.current)?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      event.stopPropagation();
      if (query === '') onClose();
      else setQuery('');
      return;
    }
    if (event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && query === '') {
      event.preventDefault();
      deletion.undo();
      return;
    }
    const search = panel.current?.querySelector<HTMLElement>('.history-search');
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const rows = [...(panel.current?.querySelectorAll<HTMLElement>('.history-row') ?? [])];
      const stops = search ? [search, ...rows] : rows;
      const at = stops.indexOf(document.activeElement as HTMLElement);
      stops[(at + step + stops.length) % stops.length]?.focus();
      return;
    }
    // A letter typed on a row is meant for the search.
    const onRow = document.activeElement?.classList.contains('history-row') ?? false;
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (onRow && plain && event.key.length === 1 && event.key !== ' ') search?.focus();
  }

  return (
    <div
      ref={panel}
      className="history"
      role="dialog"
      aria-modal="true"
      aria-label={l10n.t('Thread history')}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <div className="header">
        <h1>{l10n.t('Threads')}</h1>
        <IconButton
          icon="close"
          name={l10n.t('Close')}
          tooltip={l10n.t('Close (Esc)')}
          onPress={onClose}
        />
      </div>
      <input
        type="search"
        className="history-search"
        aria-label={l10n.t('Search threads')}
        placeholder={l10n.t('Search titles, messages and commands')}
        value={query}
        maxLength={200}
        onChange={(event) => setQuery(event.target.value)}
      />
      <p className="note" role="status">
        {noteText(threads?.length, listed.length, query.trim(), hits !== undefined)}
      </p>
      <div className="history-list">
        {groupByDay(listed, now).map(({ heading, listed: ofDay }) => (
          <section key={heading} aria-label={heading}>
            <h2>{heading}</h2>
            <ul role="none">
              {ofDay.map((each) => (
                <HistoryRow
                  key={each.thread.id}
                  listed={each}
                  place={each.thread.id === shown ? 'shown' : 'other'}
                  tabStop={each.thread.id === (active ?? listed[0]?.thread.id)}
                  now={now}
                  onFocus={() => setActive(each.thread.id)}
                  onOpen={() => {
                    act('thread/open', { threadId: each.thread.id });
                    closeChosen();
                  }}
                  onForked={closeChosen}
                  onDelete={() => remove(each.thread)}
                  onChanged={reload}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
      {archivedCount > 0 && query === '' && (
        <div className="history-end">
          <Button look="link" onPress={() => setArchived(!archived)}>
            {archived ? l10n.t('Back to threads') : l10n.t('Archived threads ({0})', archivedCount)}
          </Button>
        </div>
      )}
      <DeletedLine deletion={deletion} />
      <ProblemLine />
    </div>
  );
}

/** What stands in place of rows, or while more may come; empty where the rows tell everything. */
function noteText(
  stored: number | undefined,
  listed: number,
  query: string,
  searched: boolean,
): string {
  if (stored === undefined) return l10n.t('Reading the threads…');
  if (query !== '' && !searched) return l10n.t('Searching…');
  if (listed > 0) return '';
  return query === '' ? l10n.t('No threads yet.') : l10n.t('Nothing found.');
}

/**
 * When the overlay closes, and what is under it can be used again, the focus is where it was; elsewhere where the answer
 * is called with what puts it there.
 */
function useReturnFocus(): (next: () => void) => void {
  const [before] = useState(() => document.activeElement);
  const focus = useRef(() => {
    if (before instanceof HTMLElement) before.focus();
  });
  useEffect(() => () => focus.current(), []);
  return (next) => {
    focus.current = next;
  };
}
