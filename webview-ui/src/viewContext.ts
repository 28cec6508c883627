import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import type { UserInput } from '../../src/protocol/input';
import type { ViewRequestName, ViewRequests } from '../../src/protocol/viewProtocol';
import type { DraftStore } from './draftStore';
import type { HostConnection } from './hostConnection';
import type { ThreadStore, ViewModel } from './threadStore';

/** What every part of the view can reach. */
export interface View {
  readonly connection: HostConnection;
  readonly threads: ThreadStore;
  readonly drafts: DraftStore;
}

const ViewContext = createContext<View | null>(null);

export const ViewProvider = ViewContext.Provider;

export function useView(): View {
  const view = useContext(ViewContext);
  if (!view) throw new Error('The view is used outside of its provider.');
  return view;
}

/** A part of the model. `select` hands out parts as they are, never a new object. */
export function useModel<Part>(select: (model: ViewModel) => Part): Part {
  const { threads } = useView();
  return useSyncExternalStore(threads.subscribe, () => select(threads.get()));
}

export function useDraft(): UserInput {
  const { drafts } = useView();
  return useSyncExternalStore(drafts.subscribe, drafts.get);
}

/** Sends a request nobody waits for; where it fails the person is told. */
export type Act = <Name extends ViewRequestName>(
  name: Name,
  params: ViewRequests[Name]['params'],
) => void;

export function useAct(): Act {
  const { connection, threads } = useView();
  return useCallback<Act>(
    (name, params) => {
      connection
        .request(name, params)
        .then(() => threads.report(null))
        .catch(threads.reportError);
    },
    [connection, threads],
  );
}
