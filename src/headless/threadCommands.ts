import type { ThreadStore } from '../ports/threadStore';
import type { Item } from '../protocol/items';
import { emptyThreadState, foldEvent } from '../protocol/threadState';
import type { ExportFormat } from '../protocol/viewProtocol';
import { exportAudit } from '../threads/audit';
import { exportJsonLines, exportMarkdown } from '../threads/exportThread';
import type { ThreadManager } from '../threads/threadManager';
import type { Output } from './output';
import { readableOutput } from './readableOutput';
import { reviewText } from './reviewText';

/** `tandem threads list`: id, time and title, newest first. */
export function listThreads(store: ThreadStore, output: Output): void {
  const readable = readableOutput(output);
  for (const thread of store.list()) {
    const time = new Date(thread.updatedAt).toISOString().slice(0, 16).replace('T', ' ');
    readable.out(`${thread.id}  ${time}  ${thread.title}\n`);
  }
}

/** What `tandem threads show` was asked for. */
export interface ShowOptions {
  readonly id: string;
  readonly format: 'text' | ExportFormat;
}

/** `tandem threads show ID`: what was said and done, for reading or for programs. @throws JournalError */
export function showThread(store: ThreadStore, { id, format }: ShowOptions, output: Output): void {
  const { events, repair } = store.read(id);
  if (repair) output.err(`${repair}\n`);
  if (format === 'jsonLines') return output.out(exportJsonLines(events));
  const readable = readableOutput(output);
  if (format === 'markdown') return readable.out(exportMarkdown(events));
  const state = events.reduce(foldEvent, emptyThreadState(id));
  readable.out(`# ${state.title}\n`);
  for (const turn of state.turns) {
    for (const entry of turn.entries) {
      readable.out(entry.type === 'notice' ? `(${entry.text})\n` : itemText(entry));
    }
    if (turn.error) readable.out(`failed: ${turn.error.message}\n`);
    else if (turn.status !== 'completed') readable.out(`${turn.status}\n`);
  }
}

/** `tandem threads audit ID`: what it ran, wrote and reached, and who let it. @throws JournalError */
export function auditThread(store: ThreadStore, id: string, output: Output): void {
  const { events, repair } = store.read(id);
  if (repair) output.err(`${repair}\n`);
  output.out(exportAudit(events));
}

/** `tandem threads delete ID`. @throws JournalError */
export async function deleteThread(
  threads: ThreadManager,
  id: string,
  output: Output,
): Promise<void> {
  await threads.delete(id);
  output.err(`Deleted ${id}.\n`);
}

function itemText(item: Item): string {
  switch (item.type) {
    case 'userMessage':
      return `\n> ${item.input.text.replaceAll('\n', '\n> ')}\n\n`;
    case 'agentMessage':
      return `${item.text}\n`;
    case 'reasoning':
      return '';
    case 'commandExecution':
      return `$ ${item.command}  (exit ${item.exitCode ?? item.status})\n`;
    case 'fileChange':
      return item.changes.map(({ kind, path }) => `${kind} ${path}\n`).join('');
    case 'toolCall':
      return `${item.title}\n`;
    case 'question':
      return item.questions
        .map(({ id, question }) => `? ${question}\n  ${item.answers?.[id] ?? item.status}\n`)
        .join('');
    case 'proposedPlan':
      return `${item.text}\n`;
    case 'review':
      return reviewText(item);
    case 'compaction':
      return `(earlier history was summarised)\n${item.summary}\n`;
  }
}
