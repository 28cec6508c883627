import * as vscode from 'vscode';
import { baseName } from '../../base/paths';
import type { CheckpointRef } from '../../protocol/checkpoints';
import { spellOut } from '../../protocol/visibleText';
import type { Host } from '../host';

const scheme = 'tandem-checkpoint';

/** Serves files as they were at a checkpoint of the shown thread, to be read only. */
export function serveCheckpointTexts({ shown }: Pick<Host, 'shown'>): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(scheme, {
    async provideTextDocumentContent(uri) {
      const file = uri.with({ scheme: 'file', query: '' });
      const thread = shown.current;
      if (!thread) return '';
      const { checkpoint, path } = JSON.parse(uri.query) as Named;
      const texts = await thread.checkpoints.texts(checkpoint, path);
      return vscode.workspace.decode(texts.checkpoint ?? new Uint8Array(), { uri: file });
    },
  });
}

/** Opens a file as it was at a checkpoint beside the file as it is now. `path` is relative to the thread's folder. */
export async function compareWithCheckpoint(
  folder: string,
  checkpoint: CheckpointRef,
  path: string,
): Promise<void> {
  const file = vscode.Uri.joinPath(vscode.Uri.file(folder), path);
  const query = JSON.stringify({ checkpoint, path } satisfies Named);
  const title = vscode.l10n.t('{0} (checkpoint ↔ now)', spellOut(baseName(path)));
  await vscode.commands.executeCommand('vscode.diff', file.with({ scheme, query }), file, title);
}

interface Named {
  readonly checkpoint: CheckpointRef;
  readonly path: string;
}
