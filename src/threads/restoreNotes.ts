import type { ThreadEvent } from '../protocol/events';

/** Paths that the model is told of at most. */
const maxPaths = 100;

type RestoreEvent = ThreadEvent & { readonly type: 'thread.restored' | 'restore.undone' };

/** The files a restore, or its undo, wrote. */
export function restoredPaths(event: RestoreEvent): readonly string[] {
  if (event.type === 'restore.undone') return event.paths;
  return event.restore.files
    .filter(({ before, after }) => before !== after)
    .map(({ path }) => path);
}

/** Collects what the model is to hear of restores with its next request; an undone one is not told. */
export class RestoreNotes {
  private restores: { readonly id: string; readonly lines: readonly string[] }[] = [];
  /** Undone restores that the model had heard of. */
  private undone: readonly string[] = [];

  observe(event: RestoreEvent): void {
    if (event.type === 'thread.restored') {
      this.restores.push({ id: event.restore.id, lines: restoreText(event) });
      return;
    }
    const untold = this.restores.some(({ id }) => id === event.restoreId);
    this.restores = this.restores.filter(({ id }) => id !== event.restoreId);
    if (!untold) this.undone = [...new Set([...this.undone, ...event.paths])];
  }

  /** Lines for the model; none where there is nothing to tell. */
  text(): readonly string[] {
    const back =
      this.undone.length > 0
        ? [
            'The person took back a restore, so these files have your earlier edits again; read them again before you edit them:',
            ...listed(this.undone),
          ]
        : [];
    return [...this.restores.flatMap(({ lines }) => lines), ...back];
  }

  forget(): void {
    this.restores = [];
    this.undone = [];
  }
}

function restoreText(event: ThreadEvent & { readonly type: 'thread.restored' }): string[] {
  const { restore, conversation } = event;
  const lines: string[] = [];
  if (conversation && restore.scope === 'conversation') {
    lines.push(
      'The conversation went back to here. Files stay as they are now: they may hold edits you no longer see, so look before you rely on what you read.',
    );
  }
  const paths = restoredPaths(event);
  if (paths.length > 0) {
    lines.push(
      conversation
        ? 'The conversation and these files went back to here; read the files again before you edit them:'
        : 'The person took your edits of these files back to an earlier state, and kept their own; read them again before you edit them, and do not make those edits again unless asked:',
      ...listed(paths),
    );
  }
  if (restore.kept.length > 0) {
    lines.push('These files were to go back, too, but stay as they are:', ...listed(restore.kept));
  }
  return lines;
}

function listed(paths: readonly string[]): readonly string[] {
  const left = paths.length - maxPaths;
  return left > 0 ? [...paths.slice(0, maxPaths), `(${left} more files)`] : paths;
}
