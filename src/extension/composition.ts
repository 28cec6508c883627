import * as vscode from 'vscode';
import { environmentSecrets } from '../adapters/log/environmentSecrets';
import { Redactor } from '../adapters/log/redactor';
import { DisposableStore } from '../base/disposable';
import type { Sandbox } from '../ports/sandbox';
import type { ThreadManager } from '../threads/threadManager';
import { Attention } from './attention/attention';
import { CodeComments } from './comments/codeComments';
import { CommentingRanges } from './comments/commentingRanges';
import { CommentThreads } from './comments/commentThreads';
import { FindingComments } from './comments/findingComments';
import type { DraftsOfSurfaces } from './drafts/draftsOfSurfaces';
import { serveCheckpointTexts } from './editors/checkpointTexts';
import { Review } from './editors/review';
import type { Host } from './host';
import { Onboarding } from './onboarding';
import { redactedChannel } from './redactedChannel';
import { SecretCredentials } from './secretCredentials';
import { SeenChangesMemory } from './seenChanges';
import { ServerModels } from './serverModels';
import { Settings } from './settings';
import { ShownThread } from './shownThread';
import { showError, warnOfSettings } from './showError';
import { showMessage } from './showMessage';
import type { Surface } from './surfaces/surface';
import { Surfaces } from './surfaces/surfaces';
import { AgentTerminals } from './terminals/agentTerminals';
import { ViewPlace } from './viewPlace';
import { ViewSettingsSource } from './viewSettings';

/** A host, and what ends it. */
export interface ComposedHost {
  readonly host: Host;
  readonly dispose: () => Promise<void>;
}

/**
 * The one place where the extension is wired together. What `heavyParts` brings costs nothing before its first use.
 */
export function composeHost(context: vscode.ExtensionContext): ComposedHost {
  const store = new DisposableStore();
  const redactor = new Redactor(environmentSecrets(process.env));
  const channel = store.add(vscode.window.createOutputChannel('Tandem', { log: true }));
  const log = redactedChannel(channel, (text) => redactor.redact(text));
  const settings = store.add(new Settings());
  const credentials = store.add(
    new SecretCredentials(
      context.secrets,
      { baseUrl: () => settings.get('baseUrl'), wireApi: () => settings.get('wireApi') },
      process.env,
      (key) => redactor.know(key),
    ),
  );

  const warn = (problem: string) => {
    log.warn(problem);
    void showMessage('warning', problem);
  };
  const models = store.add(
    new ServerModels({
      ...{ settings, credentials, log },
      list: async (signal) => (await import('./heavyParts')).listModels({ credentials }, signal),
    }),
  );

  let sandbox: Promise<Sandbox> | undefined;
  const openSandbox = () =>
    (sandbox ??= import('./heavyParts').then(({ createHostSandbox }) =>
      store.add(createHostSandbox({ context, log })),
    ));

  let threads: Promise<ThreadManager> | undefined;
  const createThreads = async () => {
    const { createThreadPorts, ThreadManager } = await import('./heavyParts');
    const manager = new ThreadManager(
      createThreadPorts({
        ...{ context, settings, credentials, log, store },
        sandbox: await openSandbox(),
      }),
    );
    store.add(manager.onEvent(({ thread, event }) => attention.observe(thread.state, event)));
    store.add(manager.onDeletionFailed((error) => showError(log, 'Deleting a thread', error)));
    return manager;
  };
  const openThreads = () => (threads ??= createThreads());

  let drafts: Promise<DraftsOfSurfaces> | undefined;
  const createDrafts = async () => {
    const { DraftsOfSurfaces } = await import('./heavyParts');
    return store.add(new DraftsOfSurfaces({ settings }));
  };
  const draftParts = async (surface: Surface) => (await (drafts ??= createDrafts())).of(surface);

  const surfaces: Surfaces = store.add(
    new Surfaces({
      extensionUri: context.extensionUri,
      memory: context.workspaceState,
      createShown: (memory, others) =>
        new ShownThread(openThreads, memory, warn, undefined, others),
      async makeBridge(surface, ends) {
        const { ViewBridge, createViewHandlers } = await import('./heavyParts');
        const { shown } = surface;
        const handlers = createViewHandlers({ ...host, ...surface }, await draftParts(surface));
        return new ViewBridge({ ...ends, handlers, shown, settings: viewSettings, log });
      },
    }),
  );
  const { shown, view } = surfaces;
  const attention = new Attention(
    (threadId) => vscode.window.state.focused && surfaces.isInSight(threadId),
  );
  store.add(
    // The person comes from another window perhaps, which may have taken the thread over or let it go.
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) surfaces.refresh().catch((error: unknown) => log.warn(String(error)));
    }),
  );
  const review = store.add(new Review(shown));
  store.add(serveCheckpointTexts({ shown }));
  const onboarding = store.add(
    new Onboarding(context.globalState, { shown, credentials, settings }),
  );
  const viewSettings = store.add(
    new ViewSettingsSource({ settings, credentials, models, shown, onboarding, openSandbox, log }),
  );
  const commentThreads = store.add(new CommentThreads());
  const findings = store.add(new FindingComments(commentThreads, { shown, review, settings }));
  const comments = store.add(new CodeComments(commentThreads, { shown, review }));
  store.add(new CommentingRanges(commentThreads, { shown, review }));
  const seen = new SeenChangesMemory(context.workspaceState);
  const terminals = store.add(new AgentTerminals());
  const host: Host = {
    ...{ shown, view, surfaces, terminals, attention, review, seen, findings, comments },
    ...{ settings, credentials, models, log },
    viewPlace: new ViewPlace(context.globalState),
    checkSandbox: () => viewSettings.checkSandbox(),
  };
  store.add(warnOfSettings(settings, log));

  return {
    host,
    async dispose() {
      try {
        await (await threads)?.dispose();
      } finally {
        store.dispose();
      }
    },
  };
}
