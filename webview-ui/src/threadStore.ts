import { foldEvent, type ThreadState } from '../../src/protocol/threadState';
import type { HostNotifications, Remedy, ViewSettings } from '../../src/protocol/viewProtocol';
import { HostRequestError, type HostConnection } from './hostConnection';
import { afterEvent, type RejectedHunk } from './rejectedHunk';

/** What went wrong, in words for people, and what helps where something does. */
export interface Problem {
  readonly message: string;
  readonly remedy?: Remedy;
}

/** All the view draws. Parts that did not change keep their identity. */
export interface ViewModel {
  /** Null until the host has answered for the first time. */
  readonly settings: ViewSettings | null;
  /** Null while no thread is shown: the empty state. */
  readonly thread: ThreadState | null;
  /** True where another window owns the thread. */
  readonly readOnly: boolean;
  /** What the last request failed with. */
  readonly problem: Problem | null;
  /** What the person rejected last, while they may say why. */
  readonly rejected: RejectedHunk | null;
}

/** The view's copy of the shown thread, made of nothing but what the host sent. */
export interface ThreadStore {
  readonly subscribe: (listener: () => void) => () => void;
  get(): ViewModel;
  /** Asks the host for everything again; calls while one is under way share it. */
  refresh(): Promise<void>;
  /** Shows these words until the next request works; null shows none. */
  report(problem: string | null): void;
  /** Shows what a request failed with, and what helps. */
  readonly reportError: (error: unknown) => void;
  /** The person says no reason for what they rejected last. */
  readonly forgetRejected: () => void;
}

/** Folds the host's notifications; a batch that does not follow what is known leads to a refresh. */
export function createThreadStore(connection: HostConnection): ThreadStore {
  let model: ViewModel = {
    ...{ settings: null, thread: null, readOnly: false, problem: null, rejected: null },
  };
  let refreshing: Promise<void> | undefined;
  const listeners = new Set<() => void>();

  function update(change: Partial<ViewModel>): void {
    model = { ...model, ...change };
    for (const listener of listeners) listener();
  }

  function receive(batch: HostNotifications['thread/events']): void {
    take(batch);
    const { receipt } = batch;
    // Nothing is lost where the host does not hear it: a view that appears again gets everything.
    if (receipt !== undefined) connection.request('view/received', { receipt }).catch(() => {});
  }

  function take(batch: HostNotifications['thread/events']): void {
    // The answer under way was asked for later than this batch was sent, so it holds these events.
    if (refreshing) return;
    const folded = foldBatch(model.thread, batch);
    if (folded === 'gap') {
      void refresh();
      return;
    }
    const rejected = batch.events.reduce(afterEvent, model.rejected);
    if (folded !== model.thread) update({ thread: folded, rejected });
  }

  function refresh(): Promise<void> {
    refreshing ??= connection
      .request('view/ready', {})
      .then(
        ({ settings, thread, readOnly = false }) => update({ settings, thread, readOnly }),
        (error: unknown) => update({ problem: problemOf(error) }),
      )
      .finally(() => (refreshing = undefined));
    return refreshing;
  }

  connection.on('thread/events', receive);
  connection.on('thread/snapshot', ({ thread, readOnly = false }) =>
    update({ thread, readOnly, rejected: null }),
  );
  connection.on('settings/changed', ({ settings }) => update({ settings }));

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get: () => model,
    refresh,
    report: (message) => update({ problem: message === null ? null : { message } }),
    reportError: (error) => update({ problem: problemOf(error) }),
    forgetRejected: () => update({ rejected: null }),
  };
}

function problemOf(error: unknown): Problem {
  const { message } = error as Error;
  const remedy = error instanceof HostRequestError ? error.remedy : undefined;
  return { message, ...(remedy && { remedy }) };
}

/** The thread after a batch; `gap` where the batch is of another thread or something before it is missing. */
export function foldBatch(
  thread: ThreadState | null,
  batch: HostNotifications['thread/events'],
): ThreadState | null | 'gap' {
  if (thread?.threadId !== batch.threadId) return 'gap';
  if (batch.afterSeq !== thread.seq) {
    return batch.lastSeq <= thread.seq ? thread : 'gap';
  }
  const folded = batch.events.reduce(foldEvent, thread);
  return folded.seq === batch.lastSeq ? folded : { ...folded, seq: batch.lastSeq };
}
