import * as vscode from 'vscode';
import { defer } from '../base/deferred';
import type { ItemId } from '../protocol/ids';
import type { UserInput } from '../protocol/input';
import type { PlanDecision } from '../protocol/plan';
import { runningTurn } from '../protocol/threadState';
import type { Mode, TurnContext } from '../protocol/turnContext';
import type { TurnOptions } from '../threads/newTurn';
import type { Thread } from '../threads/thread';
import type { Host } from './host';
import { RequestError } from './requestError';
import { requireTrust } from './requireTrust';
import { activeFolder } from './workspaceFolder';

type TurnHost = Pick<Host, 'shown' | 'settings' | 'credentials' | 'log'>;

/**
 * Starts a turn in the shown thread, or in a new one where none is shown; resolves when it has started.
 * @throws RequestError where no folder is open, the folder is not trusted, no key is known, or a turn is running.
 */
export async function startTurn(host: TurnHost, input: UserInput): Promise<void> {
  await host.shown.restore();
  const folder = await requireReady(host);
  const thread = host.shown.current ?? (await host.shown.start(folder));
  if (runningTurn(thread.state)) {
    throw new RequestError('busy', vscode.l10n.t('A turn is running already.'));
  }
  await untilStarted(host, thread, (context, options) => thread.startTurn(input, context, options));
}

/** Adds to the running turn, or starts one. @throws RequestError as startTurn does. */
export async function startOrSteer(host: TurnHost, input: UserInput): Promise<void> {
  await host.shown.restore();
  const thread = host.shown.current;
  if (thread && runningTurn(thread.state)) thread.steer(input);
  else await startTurn(host, input);
}

/** Adds input for the turn after the running one, or starts one. @throws RequestError as startTurn does. */
export async function startOrQueue(host: TurnHost, input: UserInput): Promise<void> {
  await host.shown.restore();
  const thread = host.shown.current;
  if (thread && runningTurn(thread.state)) thread.queue(input);
  else await startTurn(host, input);
}

/** Starts a turn with input that waits. @throws RequestError as startTurn does, and where it does not wait any more. */
export async function sendWaiting(host: TurnHost, thread: Thread, id: string): Promise<void> {
  await requireReady(host);
  await untilStarted(host, thread, (context, options) => thread.sendWaiting(id, context, options));
}

/**
 * Decides on a proposed plan and starts the turn that follows; the view's mode goes with it.
 * @throws RequestError as startTurn does, and where the plan does not wait any more.
 */
export async function resolvePlan(
  host: TurnHost,
  thread: Thread,
  id: ItemId,
  decision: PlanDecision,
): Promise<void> {
  await requireReady(host);
  const mode: Mode = decision.kind === 'approved' ? 'agent' : 'plan';
  await untilStarted(host, thread, (context, options) =>
    thread.resolvePlan(id, decision, { ...context, mode }, options),
  );
  await host.settings.update('mode', mode);
}

/**
 * The folder a turn would work in.
 * @throws RequestError where no folder is open, that folder is not trusted or not open, or no key is known.
 */
export async function requireReady({ shown, settings, credentials }: TurnHost): Promise<string> {
  await settings.stored();
  const folder = activeFolder();
  if (!folder) {
    throw new RequestError(
      'failed',
      vscode.l10n.t('Open a folder first: Tandem works on the files of a folder on this machine.'),
      { title: vscode.l10n.t('Open Folder'), request: 'workspace/open' },
    );
  }
  const cwd = shown.current?.cwd ?? folder.uri.fsPath;
  requireTrust(cwd);
  if (settings.baseUrlIsBroken) {
    throw new RequestError(
      'failed',
      vscode.l10n.t('The setting tandem.baseUrl is not an http or https address.'),
      { title: vscode.l10n.t('Open Setting'), request: 'baseUrl/open' },
    );
  }
  if ((await credentials.connection()).kind === 'missingKey') {
    throw new RequestError('failed', vscode.l10n.t('No API key is known yet. Set one first.'), {
      title: vscode.l10n.t('Set API Key'),
      request: 'key/set',
    });
  }
  return cwd;
}

/** A turn lasts minutes; whoever asked for it only waits until it runs or could not be started. */
export async function untilStarted(
  host: TurnHost,
  thread: Thread,
  run: (context: TurnContext, options: TurnOptions) => Promise<void> | undefined,
): Promise<void> {
  const contextForNextTurn = () => host.settings.turnContext(thread.cwd);
  const started = defer<void>();
  const subscription = thread.onEvent((event) => {
    if (event.type === 'turn.started') started.resolve();
  });
  const ended = run(contextForNextTurn(), { contextForNextTurn });
  if (!ended) {
    subscription.dispose();
    throw new RequestError('notFound', vscode.l10n.t('This does not wait any more.'));
  }
  ended.then(
    () => started.resolve(),
    (error: unknown) => {
      host.log.error('A turn ended with an error', String(error));
      started.reject(error);
    },
  );
  try {
    await started.promise;
  } finally {
    subscription.dispose();
  }
}
