import { writeFileSync } from 'node:fs';
import type { Approval } from '../protocol/approvals';
import type { ThreadEvent } from '../protocol/events';
import type { TurnContext } from '../protocol/turnContext';
import type { ThreadSummary } from '../protocol/viewProtocol';
import type { Thread } from '../threads/thread';
import type { ThreadManager } from '../threads/threadManager';
import type { ExecArguments, RunSettings } from './arguments';
import { JsonLines } from './jsonLines';
import type { Output } from './output';
import { progressText } from './progress';
import { readableOutput } from './readableOutput';
import { readFolder, readInput, readInstruction, readSchema } from './readInput';
import { runTask, type TaskResult } from './runTask';
import { UsageError } from './usage';

/** Exit codes by ending. */
const exitCodes: Readonly<Record<TaskResult['ending'], number>> = {
  completed: 0,
  failed: 1,
  interrupted: 130,
};

/** Runs `tandem exec`; answers the exit code. @throws UsageError, JournalError */
export async function exec(
  args: ExecArguments,
  threads: ThreadManager,
  output: Output,
  signal: AbortSignal,
): Promise<number> {
  const thread = chooseThread(args, threads);
  const outputSchema = args.outputSchemaFile ? readSchema(args.outputSchemaFile) : undefined;
  const input = args.review ? await readInstruction(args) : await readInput(args);
  const report = args.json ? jsonReport(output) : textReport(output);
  const result = await runTask({
    thread,
    input,
    context: turnContext(args.settings, thread.cwd),
    options: outputSchema ? { outputSchema } : {},
    ...(args.review && { review: args.review }),
    signal,
    onEvent: report,
  });
  if (!args.json && result.lastMessage !== undefined)
    readableOutput(output).out(`${result.lastMessage}\n`);
  if (args.lastMessageFile) writeFileSync(args.lastMessageFile, result.lastMessage ?? '');
  return exitCodes[result.ending];
}

/** The newest thread at hand; archived ones are out of the way. */
function newest(threads: readonly ThreadSummary[]): ThreadSummary | undefined {
  return threads.find(({ archived }) => !archived);
}

function chooseThread(args: ExecArguments, threads: ThreadManager): Thread {
  if (args.resume === undefined) return threads.start(readFolder(args.folder));
  if (args.resume !== 'last') return threads.open(args.resume.id);
  const last = newest(threads.list(readFolder(args.folder))) ?? newest(threads.list());
  if (!last) throw new UsageError('There is no thread to resume yet.');
  return threads.open(last.id);
}

function turnContext(settings: RunSettings, cwd: string): TurnContext {
  const { model, reasoningEffort: effort, mode, approvalPolicy, sandboxMode } = settings;
  const { personality, preambles, wireApi, serviceTier, limits, allowedDomains } = settings;
  return {
    ...{ model, effort, mode, approvalPolicy, sandboxMode, personality, preambles, cwd },
    ...(limits && { limits }),
    ...(allowedDomains && { allowedDomains }),
    ...(wireApi && { wireApi }),
    ...(serviceTier && { serviceTier }),
  };
}

function jsonReport(output: Output): (event: ThreadEvent) => void {
  const lines = new JsonLines();
  const write = (line: unknown) => output.out(`${JSON.stringify(line)}\n`);
  return (event) => {
    lines.translate(event).forEach(write);
    const denied = denial(event);
    if (denied)
      write({
        type: 'item.completed',
        item: { id: `denied_${event.seq}`, type: 'error', message: denied },
      });
  };
}

function textReport(output: Output): (event: ThreadEvent) => void {
  return (event) => {
    const text = denial(event) ?? progressText(event);
    if (text !== undefined && text !== '') readableOutput(output).err(`${text}\n`);
  };
}

/** Says what would have needed a person, and how to allow it. */
function denial(event: ThreadEvent): string | undefined {
  if (event.type !== 'approval.requested') return undefined;
  const { approval } = event;
  return `Denied, because it needs approval and nobody can be asked here: ${subjectText(approval)} (${approval.reasons.join('; ')}). ${howToAllow(approval)}`;
}

function howToAllow({ subject }: Approval): string {
  return subject.kind === 'network'
    ? `To allow the host: -c network.allowedDomains=${subject.host}.`
    : 'To allow such commands: --sandbox full-access --approval never.';
}

function subjectText({ subject }: Approval): string {
  switch (subject.kind) {
    case 'command':
      return subject.command;
    case 'read':
      return `reading ${subject.paths.join(', ')}`;
    case 'patch':
      return subject.writtenBy === undefined
        ? `changes to ${subject.paths.join(', ')}`
        : `keeping ${subject.paths.join(', ')}, written by ${subject.writtenBy} and taken back`;
    case 'network':
      return `${subject.host}:${subject.port}, for ${subject.command}`;
  }
}
