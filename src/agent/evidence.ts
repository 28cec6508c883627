import type { ItemId } from '../protocol/ids';
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
  const edits = editsOf(entries);
  const shown = runs.filter(({ check }) => check.decides);
  const evidence: Evidence[] = shown.map((run) => ({
    label: run.item.command,
    kind: run.check.kinds[0] ?? 'test',
    verdict: isOutdated(run, edits) ? 'outdated' : run.exitCode === 0 ? 'passed' : 'failed',
    commandItemId: run.item.id,
    exitCode: run.exitCode,
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
    if (item.type !== 'commandExecution') return;
    const check = checkOf(item.command);
    const exitCode = check && (item.exitCode ?? laterExitCode(entries.slice(place), item));
    if (!check || exitCode === undefined) return;
    const key = `${item.cwd}\n${item.command}`;
    // Taken out first, so that the order is that of the last runs.
    runs.delete(key);
    runs.set(key, { item, exitCode, place, check });
  });
  return [...runs.values()];
}

/** That of a command which outlived its call, as a later call found it. */
function laterExitCode(
  later: readonly TranscriptEntry[],
  { sessionId }: CommandExecutionItem,
): number | undefined {
  for (const entry of later) {
    if (entry.type !== 'toolCall' || sessionId === undefined) continue;
    if (entry.session?.id === sessionId && entry.session.exitCode !== undefined) {
      return entry.session.exitCode;
    }
  }
  return undefined;
}

/** Files changed, by this command where it was one. */
interface Edit {
  readonly place: number;
  readonly commandItemId: ItemId | undefined;
}

function editsOf(entries: readonly TranscriptEntry[]): readonly Edit[] {
  const commands = new Map<ItemId, number>();
  return entries.flatMap((entry, place): Edit[] => {
    // A command that went on in the background writes at any later time.
    if (entry.type === 'commandExecution' && entry.sessionId === undefined) {
      commands.set(entry.id, place);
    }
    if (entry.type !== 'fileChange' || entry.status !== 'completed') return [];
    const { commandItemId } = entry;
    return [{ place: commands.get(commandItemId ?? '') ?? place, commandItemId }];
  });
}

/** What a command itself wrote (coverage, build output) does not make that command out of date. */
function isOutdated({ item, place }: Run, edits: readonly Edit[]): boolean {
  return edits.some((edit) => edit.place > place && edit.commandItemId !== item.id);
}
