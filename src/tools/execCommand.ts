import * as z from 'zod';
import { resolvePath } from '../base/paths';
import { defaultOutputTokens, reportTerminal } from '../agent/commandReport';
import { defineTool, type MeantCall } from '../agent/tool';

const defaultYieldMs = 10_000;
const leastYieldMs = 250;
const mostYieldMs = 30_000;

const input = z.object({
  cmd: z.string().min(1).describe('Shell command to execute.'),
  workdir: z
    .string()
    .optional()
    .describe('Folder to run the command in; defaults to the working folder.'),
  shell: z
    .string()
    .optional()
    .describe('Shell binary to use; defaults to the shell of the person.'),
  login: z
    .boolean()
    .optional()
    .describe('Whether to run the shell as a login shell; defaults to false.'),
  tty: z
    .boolean()
    .optional()
    .describe('Whether the command needs a real terminal; defaults to false.'),
  yield_time_ms: z
    .number()
    .optional()
    .describe('How long to wait for output before returning, in milliseconds; defaults to 10000.'),
  max_output_tokens: z
    .number()
    .optional()
    .describe(
      'Most tokens of output to return; the middle of longer output is cut. Defaults to 10000.',
    ),
  sandbox_permissions: z
    .enum(['use_default', 'require_escalated'])
    .optional()
    .describe('Set to require_escalated when the command must run without the sandbox.'),
  justification: z
    .string()
    .optional()
    .describe('Why the command needs approval, as a short question to the person.'),
  prefix_rule: z
    .array(z.string())
    .optional()
    .describe('Command prefix that similar commands in the future could be approved by.'),
});

/** Runs a shell command in a pseudo-terminal; one that outlives the wait goes on as a session. */
export const execCommand = defineTool({
  name: 'exec_command',
  description:
    'Runs a command in a pseudo-terminal, returning its output, or a session ID for going on with it while it runs.',
  input,
  standsFor: (call, cwd) => patchInShell(call.cmd, resolvePath(cwd, call.workdir ?? '.')),
  access: (call, cwd) => ({
    kind: 'command',
    command: call.cmd,
    cwd: resolvePath(cwd, call.workdir ?? '.'),
    unusualShell: call.shell !== undefined || call.login === true,
    escalated: call.sandbox_permissions === 'require_escalated',
    ...(call.justification === undefined ? {} : { justification: call.justification }),
    ...(call.prefix_rule === undefined ? {} : { suggestedPrefix: call.prefix_rule }),
  }),
  item: (call, { cwd, readOnly }) => ({
    type: 'commandExecution',
    command: call.cmd,
    cwd: resolvePath(cwd, call.workdir ?? '.'),
    output: '',
    readOnly,
  }),
  async run(call, context) {
    const cwd = resolvePath(context.cwd, call.workdir ?? '.');
    const startedAt = performance.now();
    const terminal = await context.terminals.open({
      command: call.cmd,
      cwd,
      tty: call.tty ?? false,
      itemId: context.itemId,
      ...(context.confinement ? { confinement: context.confinement } : {}),
      ...(call.shell === undefined ? {} : { shell: call.shell }),
      ...(call.login === undefined ? {} : { login: call.login }),
    });
    const report = await reportTerminal(terminal, {
      yieldMs: Math.min(Math.max(call.yield_time_ms ?? defaultYieldMs, leastYieldMs), mostYieldMs),
      maxOutputTokens: call.max_output_tokens ?? defaultOutputTokens,
      context,
    });
    const stopped = context.signal.aborted && report.exitCode === undefined;
    if (stopped) await terminal.kill();
    const goesOn = report.exitCode === undefined && !stopped;
    return {
      ok: !stopped,
      ...(goesOn && !context.readOnly
        ? { wentOn: { command: call.cmd, onExit: terminal.onExit } }
        : {}),
      modelText: stopped
        ? `${report.modelText}\n\nThe person stopped the command.`
        : report.modelText,
      item: {
        type: 'commandExecution',
        command: call.cmd,
        cwd,
        output: report.output,
        readOnly: context.readOnly,
        durationMs: Math.round(performance.now() - startedAt),
        ...(report.exitCode === undefined ? {} : { exitCode: report.exitCode }),
        ...(goesOn ? { sessionId: terminal.id } : {}),
      },
    };
  },
});

/**
 * A patch that a model sends through the shell (`apply_patch <<'EOF'`, also after `cd folder &&`) is run as the tool:
 * models trained on that habit keep it. Anything around it makes it a command like any other.
 */
function patchInShell(command: string, cwd: string): MeantCall | undefined {
  const heredoc =
    /^\s*(?:cd\s+(?<folder>'[^']+'|"[^"$`\\]+"|[\w./-]+)\s*&&\s*)?apply_?patch\s*<<-?\s*(?<quote>['"]?)(?<end>\w+)\k<quote>[ \t]*\n(?<patch>[^]*?)\n\k<end>\s*$/.exec(
      command,
    );
  if (!heredoc?.groups) return undefined;
  const { folder = '.', patch } = heredoc.groups;
  return {
    tool: 'apply_patch',
    argumentsJson: JSON.stringify({ input: patch }),
    cwd: resolvePath(cwd, folder.replace(/^(['"])(.*)\1$/, '$2')),
  };
}
