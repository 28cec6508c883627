import * as vscode from 'vscode';
import type { ChangedFile, Resolution } from '../../protocol/changes';
import type { Host } from '../host';
import { RequestError } from '../requestError';

/**
 * Accepts or rejects whole files, a renamed one with what it was before. The source control view and the tree hand
 * over their rows, menus of an editor a URI, the palette nothing: then it is the active editor's file. Several files are
 * accepted as a group is.
 */
export async function resolveFiles(
  { shown, review }: Pick<Host, 'shown' | 'review'>,
  resolution: Resolution,
  args: readonly unknown[],
): Promise<void> {
  await shown.restore();
  const given = args.flatMap((arg) => uriOf(arg) ?? []);
  const active = vscode.window.activeTextEditor?.document.uri;
  const uris = given.length > 0 ? given : active ? [active] : [];
  const files = new Map<string, ChangedFile>();
  for (const uri of uris) {
    const file = review.fileOf(uri.with({ query: '' }));
    if (file) files.set(file.path, file);
  }
  if (files.size === 0) {
    throw new RequestError('notFound', vscode.l10n.t('This file has no changes to review.'));
  }
  if (resolution === 'accept' && files.size > 1) {
    const paths = [...files.keys()].flatMap((path) => [path, review.renamedFrom(path) ?? path]);
    const parts = [...new Set(paths)].map((path) => ({ path }));
    return review.resolve('accept', { parts, group: true });
  }
  for (const path of files.keys()) {
    // The old name first: a reject that fails half-way leaves the text in two places rather than in none.
    const renamedFrom = review.renamedFrom(path);
    if (renamedFrom !== undefined) await review.resolve(resolution, { path: renamedFrom });
    await review.resolve(resolution, { path });
  }
}

function uriOf(arg: unknown): vscode.Uri | undefined {
  if (arg instanceof vscode.Uri) return arg;
  const resource = (arg as Partial<vscode.SourceControlResourceState> | undefined)?.resourceUri;
  return resource instanceof vscode.Uri ? resource : undefined;
}
