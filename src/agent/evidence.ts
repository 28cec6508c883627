import type { CommandExecutionItem, Evidence } from '../protocol/items';
import type { TranscriptEntry } from '../protocol/threadState';
import { claimedChecks } from './checkClaims';
import { checkOf, type CheckCommand, type CheckKind } from './checkCommands';

const kindNames: Readonly<Record<CheckKind, string>> = {
  test: 'Tests',
  lint: 'Lint',
  types: 'Type check',
  build: 'Build',
};

interface Run {
  readonly item: CommandExecutionItem;
  readonly exitCode: number;
  readonly place: number;
  readonly check: CheckCommand;
}

/**
 * What stands behind a turn's final message: the last run of each check in the order of those runs, read off the
 * commands themselves, and what the message claims though no command of the turn shows it.
 */
export function findEvidence(entries: readonly TranscriptEntry[], message: string): Evidence[] {
  const runs = lastRuns(entries);
  const lastEdit = placeOfLastEdit(entries);
  const shown = runs.filter(({ check }) => check.decides);
  const evidence: Evidence[] = shown.map(({ item, exitCode, place, check }) => ({
    label: item.command,
    kind: check.kinds[0] ?? 'test',
    verdict: place < lastEdit ? 'outdated' : exitCode === 0 ? 'passed' : 'failed',
    commandItemId: item.id,
    exitCode,
  }));
  const covered = new Set(shown.flatMap(({ check }) => check.kinds));
  for (const kind of claimedChecks(message)) {
    if (covered.has(kind)) continue;
    // It ran, but its exit code got lost, in a pipe for example: the output may still tell the person.
    const hidden = runs.findLast(({ check }) => check.kinds.includes(kind));
    evidence.push({
      label: kindNames[kind],
      kind,
      verdict: 'notVerified',
      ...(hidden ? { commandItemId: hidden.item.id } : {}),
    });
  }
  return evidence;
}

/** True where something in the turn may have changed files, so that what it changed must be waited for. */
export function mayHaveWritten(entries: readonly TranscriptEntry[]): boolean {
  return entries.some(
    (entry) =>
      entry.type === 'fileChange' || (entry.type === 'commandExecution' && !entry.readOnly),
  );
}

function lastRuns(entries: readonly TranscriptEntry[]): readonly Run[] {
  const runs = new Map<string, Run>();
  entries.forEach((item, place) => {
    if (item.type !== 'commandExecution' || item.exitCode === undefined) return;
    const check = checkOf(item.command);
    if (!check) return;
    const key = `${item.cwd}\n${item.command}`;
    // Taken out first, so that the order is that of the last runs.
    runs.delete(key);
    runs.set(key, { item, exitCode: item.exitCode, place, check });
  });
  return [...runs.values()];
}

/** -1 where no file changed. */
function placeOfLastEdit(entries: readonly TranscriptEntry[]): number {
  const commands = new Map<string, number>();
  let last = -1;
  entries.forEach((entry, place) => {
    // A command that went on in the background writes at any later time.
    if (entry.type === 'commandExecution' && entry.sessionId === undefined) {
      commands.set(entry.id, place);
    }
    if (entry.type !== 'fileChange' || entry.status !== 'completed') return;
    // What a command itself wrote (coverage, build output) does not make that command out of date.
    last = Math.max(last, commands.get(entry.commandItemId ?? '') ?? place);
  });
  return last;
}
