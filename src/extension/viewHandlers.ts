import { isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import { answerApproval } from './answerApproval';
import { createCodeHandlers } from './codeHandlers';
import { createChangeHandlers } from './changeHandlers';
import { createCheckpointHandlers } from './checkpointHandlers';
import { createCommitHandlers } from './commitHandlers';
import { createCommentHandlers } from './commentHandlers';
import { compactThread } from './compactThread';
import { createConversationHandlers } from './conversationHandlers';
import { createDraftHandlers } from './draftHandlers';
import type { DraftParts } from './drafts/draftsOfSurfaces';
import { isInCell, showCell } from './editors/cellHunks';
import { hunkAtLine } from './editors/hunks';
import { openAllChanges } from './editors/openDiff';
import type { Review } from './editors/review';
import type { Host } from './host';
import { createImageHandlers } from './imageHandlers';
import { openLink } from './openLink';
import { RequestError } from './requestError';
import { createReviewHandlers } from './reviewHandlers';
import { runRemedy } from './runRemedy';
import { createStatusHandlers } from './statusHandlers';
import { createThreadHandlers, listThreads } from './threadHandlers';
import type { ViewHandlers } from './viewBridge';
import { activeFolder, pathInFolder } from './workspaceFolder';

/** What the requests of the view do. */
export function createViewHandlers(host: Host, draft: DraftParts): ViewHandlers {
  const { shown, settings, review } = host;
  const nothing = null;
  const requireThread = () => {
    if (!shown.current) {
      throw new RequestError('notFound', vscode.l10n.t('No thread is shown.'));
    }
    return shown.current;
  };
  return {
    'view/focused': async () => {
      host.surfaces.focus(host.view);
      return nothing;
    },
    'thread/start': async () => {
      shown.clear();
      return nothing;
    },
    'thread/open': async ({ threadId }) => {
      await shown.open(threadId);
      return nothing;
    },
    'thread/list': () => listThreads(host),
    ...createThreadHandlers(host),
    ...createConversationHandlers(host, draft),
    ...createDraftHandlers(host, draft),
    ...createStatusHandlers(host),
    ...createCommitHandlers(host),
    ...createReviewHandlers(host),
    ...createCommentHandlers(host),
    ...createChangeHandlers(host),
    ...createCheckpointHandlers(host),
    ...createCodeHandlers(),
    ...createImageHandlers(host),
    'thread/compact': async () => {
      await compactThread(host);
      return nothing;
    },
    'summary/edit': async ({ itemId, summary }) => {
      requireThread().editSummary(itemId, summary);
      return nothing;
    },
    'turn/interrupt': async () => {
      shown.current?.interrupt();
      return nothing;
    },
    'approval/resolve': async (answer) => {
      await answerApproval(host, answer);
      return nothing;
    },
    'changes/open': async () => {
      await openAllChanges(host);
      return nothing;
    },
    'file/open': async ({ path, line }) => {
      await openFile(review, shown.current?.cwd ?? activeFolder()?.uri.fsPath, path, line);
      return nothing;
    },
    'link/open': async ({ url }) => {
      await openLink(url);
      return nothing;
    },
    'settings/update': async ({ mode, model, effort }) => {
      if (mode !== undefined) await settings.update('mode', mode);
      if (model !== undefined) await settings.update('model', model);
      if (effort !== undefined) await settings.update('reasoningEffort', effort);
      return nothing;
    },
    'terminal/open': async ({ itemId }) => {
      const command = requireThread().terminals.find(itemId);
      if (!command) {
        throw new RequestError('notFound', vscode.l10n.t('This command has ended.'));
      }
      host.terminals.show(command);
      return nothing;
    },
    'models/load': async () => {
      await host.models.load();
      return nothing;
    },
    'sandbox/check': async () => {
      await host.checkSandbox();
      return nothing;
    },
    'policies/open': async () => {
      await vscode.commands.executeCommand(
        'workbench.action.openSettings',
        '@id:tandem.approvalPolicy,tandem.sandboxMode,tandem.network.allowedDomains',
      );
      return nothing;
    },
    'connection/test': async () => {
      await vscode.commands.executeCommand('tandem.testConnection');
      return nothing;
    },
    'key/set': () => runRemedy('key/set'),
    'workspace/open': () => runRemedy('workspace/open'),
    'workspace/trust': () => runRemedy('workspace/trust'),
    'baseUrl/open': () => runRemedy('baseUrl/open'),
  };
}

/** Opens a file of the thread's folder; a path out of the model's text may name anything. */
async function openFile(
  review: Review,
  folder: string | undefined,
  path: string,
  line: number | undefined,
) {
  const missing = new RequestError(
    'notFound',
    vscode.l10n.t('{0} is not a file of this folder.', path),
  );
  if (folder === undefined) throw missing;
  const uri = vscode.Uri.file(isAbsolute(path) ? path : join(folder, path));
  pathInFolder(folder, uri);
  const stat = await Promise.resolve(vscode.workspace.fs.stat(uri)).catch(() => undefined);
  if (!stat || stat.type & vscode.FileType.Directory) throw missing;
  const position = new vscode.Position(Math.max(0, (line ?? 1) - 1), 0);
  const file = review.fileOf(uri);
  const hunk = file && line !== undefined ? hunkAtLine(file, position.line) : undefined;
  if (file && hunk && isInCell(file, hunk)) return showCell(uri, file, hunk);
  const options: vscode.TextDocumentShowOptions =
    line === undefined ? {} : { selection: new vscode.Range(position, position) };
  await vscode.commands.executeCommand('vscode.open', uri, options);
}
