import * as l10n from '@vscode/l10n';
import type {
  CheckpointRef,
  RestoreFile,
  RestoreScope,
} from '../../../../src/protocol/checkpoints';
import type { ThreadState } from '../../../../src/protocol/threadState';

const maxLength = 60;

/** What came right after a checkpoint: the person's words, a command, or an edit. */
export function checkpointWords(
  { turns }: Pick<ThreadState, 'turns'>,
  { turnId, itemId }: CheckpointRef,
): string {
  const entries = turns.find((turn) => turn.id === turnId)?.entries ?? [];
  const entry = entries.find(({ id, type }) =>
    itemId === undefined ? type === 'userMessage' : id === itemId,
  );
  switch (entry?.type) {
    case 'userMessage':
      return l10n.t('“{0}”', shorten(entry.input.text));
    case 'commandExecution':
      return shorten(entry.command);
    case 'fileChange': {
      const [change] = entry.changes;
      return change ? l10n.t('the edit of {0}', change.path) : l10n.t('the edit of files');
    }
    default:
      return l10n.t('this point');
  }
}

/** What happens to a file. */
export function outcomeWords({ kind, outcome }: RestoreFile): string {
  switch (outcome) {
    case 'conflict':
      return l10n.t('You changed the same lines since');
    case 'lost':
      return l10n.t('Stays: its earlier text is no longer kept');
    case 'merged':
      return l10n.t('Goes back; your later edits stay');
    case 'restored':
      return restoredWords(kind);
  }
}

function restoredWords(kind: RestoreFile['kind']): string {
  switch (kind) {
    case 'add':
      return l10n.t('Comes back');
    case 'delete':
      return l10n.t('Is removed again');
    case 'update':
      return l10n.t('Goes back');
  }
}

/** What happens to a file where the person changed the same lines since; `taken`: they chose the earlier text. */
export function conflictWords(taken: boolean): string {
  return taken
    ? l10n.t('You changed the same lines since: the earlier text is taken')
    : l10n.t('You changed the same lines since: yours stays');
}

/** What went back. */
export function scopeWords(scope: RestoreScope): string {
  switch (scope) {
    case 'files':
      return l10n.t('Files restored');
    case 'conversation':
      return l10n.t('Conversation restored');
    case 'both':
      return l10n.t('Files and conversation restored');
  }
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= maxLength ? line : `${line.slice(0, maxLength - 1)}…`;
}
