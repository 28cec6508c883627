import * as l10n from '@vscode/l10n';
import { capitalize, formatNumber, joinParts } from '../../format';
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

  const [tool] = tools;
  const parts = [
    // A title of its own, with its capital, so it comes first.
    tools.length === 1 && tool,
    changed.size > 0 && changedWords(changed.size),
    counts.ran > 0 && ranWords(counts.ran),
    read.size > 0 && readWords(read.size),
    counts.searched > 0 && searchedWords(counts.searched),
    tools.length > 1 && l10n.t('used {0} tools', formatNumber(tools.length)),
    counts.failedPatches > 0 && notAppliedWords(counts.failedPatches),
    counts.notRun > 0 && notRunWords(counts.notRun),
  ].filter((part) => typeof part === 'string');
  return { text: capitalize(joinParts(parts)) || l10n.t('Thought'), durationMs };
}

function changedWords(count: number): string {
  return count === 1 ? l10n.t('changed 1 file') : l10n.t('changed {0} files', formatNumber(count));
}

function ranWords(count: number): string {
  return count === 1 ? l10n.t('ran 1 command') : l10n.t('ran {0} commands', formatNumber(count));
}

function readWords(count: number): string {
  return count === 1 ? l10n.t('read 1 file') : l10n.t('read {0} files', formatNumber(count));
}

function searchedWords(count: number): string {
  return count === 1 ? l10n.t('searched') : l10n.t('searched {0} times', formatNumber(count));
}

function notAppliedWords(count: number): string {
  return count === 1
    ? l10n.t('1 edit not applied')
    : l10n.t('{0} edits not applied', formatNumber(count));
}

function notRunWords(count: number): string {
  return count === 1
    ? l10n.t('1 command not run')
    : l10n.t('{0} commands not run', formatNumber(count));
}
