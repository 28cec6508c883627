import * as vscode from 'vscode';
import type { DraftParts } from './drafts/draftsOfSurfaces';
import { settleDraft } from './drafts/settleDraft';
import type { Host } from './host';
import { RequestError } from './requestError';
import { requireTrust } from './requireTrust';
import { resolvePlan, sendWaiting, startOrQueue, startOrSteer, startTurn } from './sendInput';
import type { ViewHandlers } from './viewBridge';

/** What the person says to the agent: input for now and for later, answers, decisions on plans. */
export function createConversationHandlers(host: Host, draft: DraftParts) {
  const nothing = null;
  /** The shown thread, for a request about something it has. */
  const thread = () => {
    if (!host.shown.current) throw gone();
    return host.shown.current;
  };
  return {
    'turn/start': async ({ input }) => {
      await startTurn(host, await settleDraft(host, draft, input));
      return nothing;
    },
    'turn/steer': async ({ input }) => {
      await startOrSteer(host, await settleDraft(host, draft, input));
      return nothing;
    },
    'turn/queue': async ({ input }) => {
      await startOrQueue(host, await settleDraft(host, draft, input));
      return nothing;
    },
    'waiting/edit': async ({ id, text }) => {
      if (!thread().editWaiting(id, text)) throw gone();
      return nothing;
    },
    'waiting/remove': async ({ id }) => {
      if (!thread().removeWaiting(id)) throw gone();
      return nothing;
    },
    'waiting/send': async ({ id }) => {
      await sendWaiting(host, thread(), id);
      return nothing;
    },
    'question/answer': async ({ itemId, answers }) => {
      requireTrust(thread().cwd);
      if (!thread().answerQuestion(itemId, answers)) {
        throw new RequestError('notFound', vscode.l10n.t('This question is not open any more.'));
      }
      return nothing;
    },
    'plan/resolve': async ({ itemId, decision }) => {
      await resolvePlan(host, thread(), itemId, decision);
      return nothing;
    },
  } satisfies Partial<ViewHandlers>;
}

function gone(): RequestError {
  return new RequestError(
    'notFound',
    vscode.l10n.t('This message does not wait any more: the agent has it already.'),
  );
}
