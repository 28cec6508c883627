import type { CommandExecutionItem } from '../../../../src/protocol/items';
import type { TranscriptEntry } from '../../../../src/protocol/threadState';
import { classifyCommand } from './commandKind';

/** A check the agent ran and what it proves. */
export interface Check {
  readonly item: CommandExecutionItem;
  readonly passed: boolean;
  /** False where files changed after it: then it proves nothing about the result. */
  readonly current: boolean;
}

/** What a turn proved about its edits. */
export interface Evidence {
  /** The last run of each check, in the order of those runs. */
  readonly checks: readonly Check[];
  readonly edited: boolean;
}

/** Reads the evidence off the commands themselves, never off what the agent says of them. */
export function findEvidence(entries: readonly TranscriptEntry[]): Evidence {
  const lastRuns = new Map<string, { item: CommandExecutionItem; place: number }>();
  const places = new Map(entries.map((entry, place) => [entry.id, place]));
  let lastEdit = -1;
  entries.forEach((entry, place) => {
    if (entry.type === 'fileChange' && entry.status === 'completed') {
      // A command's own writes (coverage, build output) do not make that command out of date.
      lastEdit = Math.max(lastEdit, places.get(entry.commandItemId ?? '') ?? place);
    }
    if (entry.type !== 'commandExecution' || entry.exitCode === undefined) return;
    if (classifyCommand(entry.command, entry.readOnly).kind !== 'check') return;
    lastRuns.delete(entry.command);
    lastRuns.set(entry.command, { item: entry, place });
  });
  const checks = [...lastRuns.values()].map(({ item, place }) => ({
    item,
    passed: item.exitCode === 0,
    current: place >= lastEdit,
  }));
  return { checks, edited: lastEdit >= 0 };
}
