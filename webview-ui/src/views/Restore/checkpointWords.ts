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
      return `“${shorten(entry.input.text)}”`;
    case 'commandExecution':
      return shorten(entry.command);
    case 'fileChange':
      return `the edit of ${entry.changes[0]?.path ?? 'files'}`;
    default:
      return 'this point';
  }
}

/** What happens to a file. */
export function outcomeWords({ kind, outcome }: RestoreFile): string {
  switch (outcome) {
    case 'conflict':
      return 'You changed the same lines since';
    case 'lost':
      return 'Stays: its earlier text is no longer kept';
    case 'merged':
      return 'Goes back; your later edits stay';
    case 'restored':
      return { add: 'Comes back', delete: 'Is removed again', update: 'Goes back' }[kind];
  }
}

/** What went back. */
export const scopeWords: Readonly<Record<RestoreScope, string>> = {
  files: 'Files restored',
  conversation: 'Conversation restored',
  both: 'Files and conversation restored',
};

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= maxLength ? line : `${line.slice(0, maxLength - 1)}…`;
}
