import * as vscode from 'vscode';
import { baseName } from '../../base/paths';
import type { ChangedFile } from '../../protocol/changes';
import { spellOut } from '../../protocol/visibleText';
import type { Host } from '../host';
import { RequestError } from '../requestError';
import { baselineUri } from './baselineUri';
import type { HunkReference } from './hunkLenses';
import type { Review } from './review';

type ReviewHost = Pick<Host, 'shown' | 'review'>;

/** Opens a changed file beside its baseline: the one a reference or a URI names, or the active editor's. */
export async function compareFile({ shown, review }: ReviewHost, reference: unknown) {
  await shown.restore();
  const { path, hunkId } = (reference ?? {}) as Partial<HunkReference>;
  const named =
    reference instanceof vscode.Uri ? reference : vscode.window.activeTextEditor?.document.uri;
  const file =
    reference instanceof vscode.Uri || path === undefined
      ? named && review.fileOf(named)
      : review.files.find((candidate) => candidate.path === path);
  if (!file) {
    throw new RequestError('notFound', vscode.l10n.t('This file has no changes to review.'));
  }
  const { original, modified } = sides(review, file);
  const start = file.hunks.find(({ id }) => id === hunkId)?.liveStart;
  const options: vscode.TextDocumentShowOptions =
    start === undefined ? {} : { selection: new vscode.Range(start, 0, start, 0) };
  const title = vscode.l10n.t('{0} (accepted ↔ now)', spellOut(baseName(file.path)));
  if (original && modified) {
    await vscode.commands.executeCommand('vscode.diff', original, modified, title, options);
  } else {
    if (!modified && file.binary) {
      throw new RequestError('invalid', vscode.l10n.t('A deleted binary file cannot be shown.'));
    }
    await vscode.commands.executeCommand('vscode.open', modified ?? original, options);
  }
}

/** Opens every changed file beside its baseline in one multi-file diff. */
export async function openAllChanges({ shown, review }: ReviewHost): Promise<void> {
  await shown.restore();
  const files = review.files.filter(({ path }) => !review.isRenamed(path));
  if (files.length === 0) {
    throw new RequestError('notFound', vscode.l10n.t('There are no changes to review.'));
  }
  const resources = files
    .filter(({ binary }) => !binary)
    .map((file) => {
      const { original, modified } = sides(review, file);
      return [review.uriOf(file.path), original, modified];
    });
  if (resources.length === 0) {
    throw new RequestError(
      'notFound',
      vscode.l10n.t('Only binary files changed: accept or reject them in the list.'),
    );
  }
  await vscode.commands.executeCommand('vscode.changes', vscode.l10n.t('Tandem'), resources);
}

/** The two documents of a comparison; an absent side is undefined. Bytes that are no text have no side to show. */
function sides(
  review: Review,
  file: ChangedFile,
): { readonly original: vscode.Uri | undefined; readonly modified: vscode.Uri | undefined } {
  const uri = review.uriOf(file.path);
  const renamedFrom = review.renamedFrom(file.path);
  const before = renamedFrom === undefined ? uri : review.uriOf(renamedFrom);
  const isNew = file.kind === 'add' && renamedFrom === undefined;
  return {
    original: isNew || file.binary ? undefined : baselineUri(before),
    modified: file.kind === 'delete' ? undefined : uri,
  };
}
