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
import { isInCell, showCell } from './editors/cellHunks';
import { hunkAtLine } from './editors/hunks';
import { openAllChanges } from './editors/openDiff';
import type { Review } from './editors/review';
import type { Host } from './host';
import { createImageHandlers } from './imageHandlers';
import { openLink } from './openLink';
import { pickAttachments } from './pickAttachments';
import { RequestError } from './requestError';
import { createReviewHandlers } from './reviewHandlers';
import { createThreadHandlers } from './threadHandlers';
import type { ViewHandlers } from './viewBridge';
import { activeFolder, pathInFolder } from './workspaceFolder';

/** What the requests of the view do. */
export function createViewHandlers(host: Host): ViewHandlers {
  const { shown, settings, review } = host;
  const nothing = null;
  const requireThread = () => {
    if (!shown.current) {
      throw new RequestError('notFound', vscode.l10n.t('No thread is shown.'));
    }
    return shown.current;
  };
  return {
    'thread/start': async () => {
      shown.clear();
      return nothing;
    },
    'thread/open': async ({ threadId }) => {
      await shown.open(threadId);
      return nothing;
    },
    'thread/list': () => shown.list(activeFolder()?.uri.fsPath),
    ...createThreadHandlers(host),
    ...createConversationHandlers(host),
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
    'attachment/pick': async () => {
      const attachments = await pickAttachments(shown.current?.cwd, host.settings);
      if (attachments.length > 0) host.view.tell('composer/attached', { attachments });
      return nothing;
    },
    'key/set': async () => {
      await vscode.commands.executeCommand('tandem.setApiKey');
      return nothing;
    },
    'workspace/open': async () => {
      await vscode.commands.executeCommand('vscode.openFolder');
      return nothing;
    },
    'workspace/trust': async () => {
      await vscode.commands.executeCommand('workbench.trust.manage');
      return nothing;
    },
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
