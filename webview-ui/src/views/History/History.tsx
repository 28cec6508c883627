import {
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactElement,
} from 'react';
import type { ThreadSummary } from '../../../../src/protocol/viewProtocol';
import { IconButton } from '../../components/controls';
import { Icon } from '../../components/Icon';
import { formatAge } from '../../format';
import { useAct, useModel, useView } from '../../viewContext';

/** The stored threads over the whole view: arrows move, Enter opens, Escape closes. */
export function History(props: { readonly onClose: () => void }): ReactElement {
  const { onClose } = props;
  const threads = useThreadList();
  const shown = useModel(({ thread }) => thread?.threadId);
  const act = useAct();
  const panel = useRef<HTMLDivElement>(null);
  const [now] = useState(() => Date.now());
  useReturnFocus();
  // Before the browser draws, so that a key pressed at once finds its row.
  useLayoutEffect(() => {
    const first = panel.current?.querySelector<HTMLElement>('.history-row');
    (first ?? panel.current)?.focus();
  }, [threads]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      event.stopPropagation();
      onClose();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const rows = [...(panel.current?.querySelectorAll<HTMLElement>('.history-row') ?? [])];
    const at = rows.indexOf(document.activeElement as HTMLElement);
    rows[(at + step + rows.length) % rows.length]?.focus();
  }

  return (
    <div
      ref={panel}
      className="history"
      role="dialog"
      aria-modal="true"
      aria-label="Thread history"
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <div className="header">
        <h1>Threads</h1>
        <IconButton icon="close" name="Close" tooltip="Close (Esc)" onPress={onClose} />
      </div>
      {threads === undefined && <p className="note">Reading the threads…</p>}
      {threads?.length === 0 && <p className="note">No threads yet.</p>}
      <ul>
        {threads?.map((thread) => (
          <li key={thread.id}>
            <button
              type="button"
              className="history-row"
              aria-current={thread.id === shown ? 'true' : undefined}
              onClick={() => {
                act('thread/open', { threadId: thread.id });
                onClose();
              }}
            >
              {thread.running && <Icon name="loading" tone="accent" />}
              <span className="history-title">{thread.title || 'Untitled thread'}</span>
              <span className="aside">
                {thread.running ? 'running' : formatAge(thread.updatedAt, now)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The list as it is when the overlay opens; undefined until it is there. */
function useThreadList(): readonly ThreadSummary[] | undefined {
  const { connection, threads: store } = useView();
  const [threads, setThreads] = useState<readonly ThreadSummary[]>();
  useEffect(() => {
    connection.request('thread/list', {}).then(setThreads, (error: unknown) => {
      setThreads([]);
      store.report((error as Error).message);
    });
  }, [connection, store]);
  return threads;
}

/** When the overlay closes, and what is under it can be used again, the focus is where it was. */
function useReturnFocus(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (before instanceof HTMLElement) before.focus();
    },
    [before],
  );
}
