import { countOf } from '../../format';
import { classifyCommand } from './commandKind';
import type { WorkItem } from './transcriptBlocks';

/** The folded line over finished work: `Ran 2 commands, read 2 files`, and how long the commands took. */
export interface WorkSummary {
  readonly text: string;
  readonly durationMs: number;
}

/** Counts what was done; an unfinished item does not count. */
export function summarizeWork(items: readonly WorkItem[]): WorkSummary {
  const changed = new Set<string>();
  const read = new Set<string>();
  const counts = { ran: 0, searched: 0, notRun: 0, failedPatches: 0 };
  const tools: string[] = [];
  let durationMs = 0;

  for (const item of items) {
    if (item.status === 'inProgress') continue;
    switch (item.type) {
      case 'fileChange':
        if (item.status === 'completed') for (const { path } of item.changes) changed.add(path);
        else counts.failedPatches++;
        break;
      case 'commandExecution': {
        durationMs += item.durationMs ?? 0;
        if (item.status === 'declined') {
          counts.notRun++;
          break;
        }
        const judged = classifyCommand(item.command, item.readOnly);
        if (judged.kind === 'read') for (const file of judged.files) read.add(file);
        else if (judged.kind === 'search') counts.searched++;
        else counts.ran++;
        break;
      }
      case 'toolCall':
        tools.push(item.title);
        break;
      case 'reasoning':
        break;
    }
  }

  const parts = [
    changed.size > 0 && `changed ${countOf(changed.size, 'file')}`,
    counts.ran > 0 && `ran ${countOf(counts.ran, 'command')}`,
    read.size > 0 && `read ${countOf(read.size, 'file')}`,
    counts.searched > 0 &&
      (counts.searched === 1 ? 'searched' : `searched ${counts.searched} times`),
    tools.length === 1 && lowerFirst(tools[0] ?? ''),
    tools.length > 1 && `used ${tools.length} tools`,
    counts.failedPatches > 0 && `${countOf(counts.failedPatches, 'edit')} not applied`,
    counts.notRun > 0 && `${countOf(counts.notRun, 'command')} not run`,
  ].filter((part) => part !== false);
  return { text: upperFirst(parts.join(', ')) || 'Thought', durationMs };
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
