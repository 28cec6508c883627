import type { Terminal, TerminalOutput } from '../ports/terminal';
import { cleanTerminalText } from '../base/terminalText';
import { countTokens, cutMiddle, truncateMiddle } from '../base/truncateText';
import { sandboxHint } from './sandboxHint';
import type { ToolContext } from './tool';

/** Tokens of output the model gets from one call unless it asks for less. */
export const defaultOutputTokens = 10_000;

/** Tokens of output a person gets to see; the middle is cut. */
const shownTokens = 16_000;
/** Characters streamed to the view while a command runs; more would only scroll by. */
const streamedCharacters = 256 * 1024;

/** What a command came to so far, for the model and for people. */
export interface CommandReport {
  readonly modelText: string;
  /** Output for people, colours kept. */
  readonly output: string;
  readonly exitCode: number | undefined;
}

/**
 * Waits for a terminal, shows its output as it comes, and reports in the format models were trained on: `Chunk ID`,
 * `Wall time`, exit code or session, `Original token count`, `Output:`.
 */
export async function reportTerminal(
  terminal: Terminal,
  options: {
    readonly yieldMs: number;
    readonly maxOutputTokens: number;
    readonly context: ToolContext;
  },
): Promise<CommandReport> {
  const { context, yieldMs } = options;
  let left = streamedCharacters;
  const showing = terminal.onData((text) => {
    if (left <= 0) return;
    context.showOutput(text.slice(0, left));
    left -= text.length;
  });
  try {
    const taken = await terminal.take({ yieldMs, signal: context.signal });
    const maxTokens = Math.min(options.maxOutputTokens, defaultOutputTokens);
    const hint = terminal.confined ? sandboxHint(taken) : undefined;
    const report = modelReport(terminal.id, taken, maxTokens);
    return {
      modelText: [report, hint, personNote(terminal, taken)].filter(Boolean).join('\n\n'),
      output: truncateMiddle(taken.text, shownTokens),
      exitCode: taken.exitCode,
    };
  } finally {
    showing.dispose();
  }
}

function modelReport(sessionId: number, taken: TerminalOutput, maxTokens: number): string {
  const text = cleanTerminalText(taken.text);
  return [
    `Chunk ID: ${chunkId()}`,
    `Wall time: ${(taken.wallMs / 1000).toFixed(4)} seconds`,
    taken.exitCode === undefined
      ? `Process running with session ID ${sessionId}`
      : `Process exited with code ${taken.exitCode}`,
    `Original token count: ${countTokens(text) + Math.ceil(taken.omittedBytes / 4)}`,
    'Output:',
    cutMiddle(text, maxTokens),
  ].join('\n');
}

/** What the model is to know of a person who typed; not what they typed, which may be a password. */
function personNote({ takenOver }: Terminal, { personTyped }: TerminalOutput): string | undefined {
  if (!personTyped) return undefined;
  return takenOver
    ? 'The person typed into this terminal and has taken it over: until they hand it back you can read its output, but not type.'
    : 'The person typed into this terminal.';
}

function chunkId(): string {
  return Math.floor(Math.random() * 0x1000000)
    .toString(16)
    .padStart(6, '0');
}
