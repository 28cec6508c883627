import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import { defaultOutputTokens, reportTerminal } from '../agent/commandReport';
import { defineTool, type ToolResult } from '../agent/tool';

/** After typing the answer comes soon; a poll is worth waiting for. */
const wait = {
  typing: { default: 250, least: 250, most: 30_000 },
  polling: { default: 5_000, least: 5_000, most: 300_000 },
};

const input = z.object({
  session_id: z.number().describe('Identifier of the running session.'),
  chars: z
    .string()
    .optional()
    .describe('Characters to write to its terminal; empty to only read on.'),
  yield_time_ms: z
    .number()
    .optional()
    .describe(
      'How long to wait for output before returning, in milliseconds: 250 by default after characters, 5000 to 300000 when only reading on.',
    ),
  max_output_tokens: z
    .number()
    .optional()
    .describe(
      'Most tokens of output to return; the middle of longer output is cut. Defaults to 10000.',
    ),
});

/** Types into a command that is still running, or reads on. */
export const writeStdin = defineTool({
  name: 'write_stdin',
  description: 'Writes characters to a running exec session and returns its recent output.',
  input,
  access: ({ chars, session_id }) =>
    chars ? { kind: 'typing', text: chars, sessionId: session_id } : { kind: 'none' },
  item: (call) => ({ type: 'toolCall', tool: 'write_stdin', title: titleOf(call), output: '' }),
  async run(call, context) {
    const terminal = context.terminals.get(call.session_id);
    if (!terminal) {
      return {
        ok: false,
        modelText: `write_stdin failed: there is no session ${call.session_id}.`,
      };
    }
    const typing = call.chars !== undefined && call.chars !== '';
    if (typing && terminal.takenOver) return refusedTyping(call.chars ?? '', terminal.command);
    if (typing) terminal.write(call.chars ?? '');
    const { default: usual, least, most } = typing ? wait.typing : wait.polling;
    const report = await reportTerminal(terminal, {
      yieldMs: Math.min(Math.max(call.yield_time_ms ?? usual, least), most),
      maxOutputTokens: call.max_output_tokens ?? defaultOutputTokens,
      context,
    });
    return {
      ok: true,
      modelText: report.modelText,
      wentOn: { command: terminal.command, onExit: terminal.onExit },
      item: {
        type: 'toolCall',
        tool: 'write_stdin',
        title: `${titleOf(call)} (${terminal.command})`,
        output: report.output,
        session: {
          id: call.session_id,
          ...(report.exitCode === undefined ? {} : { exitCode: report.exitCode }),
        },
      },
    };
  },
});

/** Two must not type at once; the agent goes on reading. */
function refusedTyping(chars: string, command: string): ToolResult {
  return {
    ok: false,
    modelText:
      'write_stdin failed: nothing was typed, because the person has taken over this terminal. ' +
      'Read on with empty chars, or do something else, until they hand it back.',
    item: {
      type: 'toolCall',
      tool: 'write_stdin',
      title: l10n.t(
        'Did not type {0}: you have taken over the terminal ({1})',
        JSON.stringify(chars),
        command,
      ),
      output: '',
    },
  };
}

function titleOf(call: z.output<typeof input>): string {
  return call.chars ? l10n.t('Typed {0}', JSON.stringify(call.chars)) : l10n.t('Waited for output');
}
