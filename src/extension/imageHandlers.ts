import * as vscode from 'vscode';
import { dataUrlOf, imageTypeOf } from '../base/images';
import { resolvePath } from '../base/paths';
import type { ThreadState } from '../protocol/threadState';
import type { Host } from './host';
import { refuseHidden } from './refuseHidden';
import type { ViewHandlers } from './viewBridge';
import { pathInFolder } from './workspaceFolder';

/** Larger ones are opened in the editor only. */
const maxBytes = 5 * 1024 * 1024;

/** Images that the agent looked at, for the view, which reads no files itself. */
export function createImageHandlers({ shown, settings }: Host) {
  return {
    'image/read': async ({ itemId }) => {
      const path = shown.state && imageOf(shown.state, itemId);
      const folder = shown.current?.cwd;
      if (!path || folder === undefined) return null;
      const uri = vscode.Uri.file(resolvePath(folder, path));
      pathInFolder(folder, uri);
      refuseHidden(settings, folder, path);
      const stat = await Promise.resolve(vscode.workspace.fs.stat(uri)).catch(() => undefined);
      if (!stat || stat.size > maxBytes) return null;
      const bytes = await vscode.workspace.fs.readFile(uri);
      const type = imageTypeOf(bytes);
      return type === undefined ? null : { dataUrl: dataUrlOf(type, bytes) };
    },
  } satisfies Partial<ViewHandlers>;
}

/** The path in an item of the thread: the view cannot name one itself. */
function imageOf({ turns }: ThreadState, itemId: string): string | undefined {
  for (const { entries } of turns.toReversed()) {
    const item = entries.find(({ id }) => id === itemId);
    if (item) return item.type === 'toolCall' ? item.image : undefined;
  }
  return undefined;
}
