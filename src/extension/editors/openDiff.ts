import * as vscode from 'vscode';
import { baseName } from '../../base/paths';
import type { ChangedFile } from '../../protocol/changes';
import type { Host } from '../host';
import { RequestError } from '../requestError';
import { baselineUri } from './baselineDocuments';
import type { HunkReference } from './hunkLenses';
import type { Review } from './review';

type ReviewHost = Pick<Host, 'shown' | 'review'>;

/** Opens a changed file beside its baseline: the one a reference names, or the active editor's. */
export async function compareFile({ shown, review }: ReviewHost, reference: unknown) {
  await shown.restore();
  const { path, hunkId } = (reference ?? {}) as Partial<HunkReference>;
  const active = vscode.window.activeTextEditor?.document.uri;
  const file =
    path === undefined
      ? active && review.fileOf(active)
      : review.files.find((candidate) => candidate.path === path);
  if (!file) {
    throw new RequestError('notFound', vscode.l10n.t('This file has no changes to review.'));
  }
  const [, original, modified] = sides(review, file);
  const start = file.hunks.find(({ id }) => id === hunkId)?.liveStart;
  const options: vscode.TextDocumentShowOptions =
    start === undefined ? {} : { selection: new vscode.Range(start, 0, start, 0) };
  const title = vscode.l10n.t('{0} (accepted ↔ now)', baseName(file.path));
  if (original && modified) {
    await vscode.commands.executeCommand('vscode.diff', original, modified, title, options);
  } else {
    await vscode.commands.executeCommand('vscode.open', modified ?? original, options);
  }
}

/** Opens every changed file beside its baseline in one multi-file diff. */
export async function openAllChanges({ shown, review }: ReviewHost): Promise<void> {
  await shown.restore();
  const resources = review.files.map((file) => sides(review, file));
  if (resources.length === 0) {
    throw new RequestError('notFound', vscode.l10n.t('There are no changes to review.'));
  }
  await vscode.commands.executeCommand('vscode.changes', vscode.l10n.t('Tandem'), resources);
}

/** Label, original and modified, as `vscode.changes` wants them; an absent side is undefined. */
function sides(
  review: Review,
  file: ChangedFile,
): readonly [vscode.Uri, vscode.Uri | undefined, vscode.Uri | undefined] {
  const uri = review.uriOf(file.path);
  return [
    uri,
    file.kind === 'add' ? undefined : baselineUri(uri),
    file.kind === 'delete' ? undefined : uri,
  ];
}
