import * as vscode from 'vscode';
import type { ViewRequestName } from '../protocol/viewProtocol';
import { dropAttachments } from './drafts/dropAttachments';
import type { DraftParts } from './drafts/draftsOfSurfaces';
import type { Host } from './host';
import { pickAttachments } from './pickAttachments';
import type { ViewHandlers } from './viewBridge';

type DraftRequests = Extract<
  ViewRequestName,
  `attachment/${string}` | `mention/${string}` | 'selections/follow'
>;

/** What a person puts into a message before they send it. */
export function createDraftHandlers(
  host: Host,
  { mentions, followed }: DraftParts,
): Pick<ViewHandlers, DraftRequests> {
  const nothing = null;
  const { shown, settings, view } = host;
  return {
    'attachment/pick': async () => {
      const attachments = await pickAttachments(shown.current?.cwd, settings);
      if (attachments.length > 0) view.tell('composer/attached', { attachments });
      return nothing;
    },
    'attachment/drop': async ({ uris }) => {
      const attachments = await dropAttachments({ shown, settings, mentions }, uris);
      view.tell('composer/attached', { attachments });
      return nothing;
    },
    'attachment/open': async ({ text }) => {
      const document = await vscode.workspace.openTextDocument({ content: text });
      await vscode.window.showTextDocument(document, { preview: true });
      return nothing;
    },
    'mention/search': ({ scope, query }) => mentions.search(shown, scope, query),
    'mention/attach': ({ mention }) => mentions.attach(shown, mention),
    'selections/follow': ({ selections }) => followed.follow(selections),
  };
}
