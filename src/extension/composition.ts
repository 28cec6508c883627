import * as vscode from 'vscode';
import { DisposableStore } from '../base/disposable';
import type { ThreadManager } from '../threads/threadManager';
import { Review } from './editors/review';
import type { Host } from './host';
import { findRipgrep } from './ripgrepPath';
import { SecretCredentials } from './secretCredentials';
import { Settings } from './settings';
import { ShownThread } from './shownThread';
import { warnOfSettings } from './showError';
import { ThreadView } from './views/threadView';
import { ViewSettingsSource } from './viewSettings';

/** A host, and what ends it. */
export interface ComposedHost {
  readonly host: Host;
  readonly dispose: () => Promise<void>;
}

/**
 * The one place where the extension is wired together. What is loaded with `import()` costs nothing before its
 * first use: the model's client, the terminals and git with the first thread, the protocol checks with the view.
 */
export function composeHost(context: vscode.ExtensionContext): ComposedHost {
  const store = new DisposableStore();
  const log = store.add(vscode.window.createOutputChannel('Tandem', { log: true }));
  const settings = store.add(new Settings());
  const credentials = store.add(
    new SecretCredentials(context.secrets, () => settings.get('baseUrl'), process.env),
  );

  let threads: Promise<ThreadManager> | undefined;
  const createThreads = async () => {
    const [{ createThreadPorts }, { ThreadManager }] = await Promise.all([
      import('./hostPorts'),
      import('../threads/threadManager'),
    ]);
    return new ThreadManager(createThreadPorts({ context, settings, credentials, log, store }));
  };

  const shown = store.add(
    new ShownThread(
      () => (threads ??= createThreads()),
      context.workspaceState,
      (problem) => {
        log.warn(problem);
        void vscode.window.showWarningMessage(problem);
      },
    ),
  );
  const review = store.add(new Review(shown));
  const viewSettings = store.add(
    new ViewSettingsSource({ settings, credentials, log }, async (folder) => {
      const [{ findSuggestions }, { createRipgrepSearch }] = await Promise.all([
        import('./suggestions'),
        import('../adapters/disk/ripgrepSearch'),
      ]);
      const search = createRipgrepSearch({ rgPath: findRipgrep(vscode.env.appRoot) });
      return findSuggestions(folder, search);
    }),
  );
  const view = new ThreadView(context.extensionUri, async (ends) => {
    const [{ ViewBridge }, { createViewHandlers }] = await Promise.all([
      import('./viewBridge'),
      import('./viewHandlers'),
    ]);
    const handlers = createViewHandlers(host);
    return new ViewBridge({ ...ends, handlers, shown, settings: viewSettings, log });
  });
  const host: Host = { shown, review, view, settings, credentials, log };
  store.add(warnOfSettings(settings, log));

  return {
    host,
    async dispose() {
      await (await threads)?.dispose();
      store.dispose();
    },
  };
}
