import type { ToolResult } from './conversation';

/** A tool call: `input` is text for a freeform tool, an object for a function. */
export interface ToolCall {
  readonly tool: 'exec_command' | 'apply_patch' | 'update_plan';
  readonly input: string | object;
}

/** One answer that goes on: maybe a preamble, then calls. */
export interface Step {
  readonly preamble?: string;
  readonly calls: readonly ToolCall[];
}

/**
 * A scripted task: yields steps, is given the results of their calls, returns the final message. It is run from
 * its beginning on every request, so it must not depend on anything but the results.
 */
export type Job = Generator<Step, string, readonly ToolResult[]>;

/** What a job says next, given the results of all calls it has made so far. */
export function nextAnswer(job: Job, results: readonly ToolResult[]): Step | string {
  let remaining = results;
  let { value, done } = job.next([]);
  while (!done && typeof value === 'object' && remaining.length > 0) {
    const count = value.calls.length;
    ({ value, done } = job.next(remaining.slice(0, count)));
    remaining = remaining.slice(count);
  }
  return value;
}

export function run(command: string): ToolCall {
  return { tool: 'exec_command', input: { cmd: command } };
}

export function patch(...lines: readonly string[]): ToolCall {
  return {
    tool: 'apply_patch',
    input: ['*** Begin Patch', ...lines, '*** End Patch', ''].join('\n'),
  };
}

/** The plan with its first `done` steps completed and the next one in progress. */
export function plan(steps: readonly string[], done: number): ToolCall {
  const status = (index: number): string =>
    index < done ? 'completed' : index === done ? 'in_progress' : 'pending';
  return {
    tool: 'update_plan',
    input: { plan: steps.map((step, index) => ({ step, status: status(index) })) },
  };
}

/** True where the call ran and did what it should. */
export function succeeded(result: ToolResult | undefined): boolean {
  return result?.exitCode === 0;
}

/** Why a call did not work, in one line. */
export function whyNot(result: ToolResult | undefined): string {
  if (!result) return 'it was not run';
  if (result.exitCode !== undefined) return `it ended with exit code ${result.exitCode}`;
  const line = result.text.split('\n').find((each) => each.trim() !== '');
  return line ? `the answer was: ${line.trim()}` : 'there was no answer';
}
