import assert from 'node:assert/strict';
import type { Tool, ToolContext } from '../../../src/agent/tool';
import type { Terminal, Terminals } from '../../../src/ports/terminal';
import { execCommand } from '../../../src/tools/execCommand';
import { writeStdin } from '../../../src/tools/writeStdin';

/** How long a tool waits for a command when called with these arguments. */
async function waited(tool: Tool, input: Record<string, unknown>): Promise<number | undefined> {
  let yieldMs: number | undefined;
  const terminal = {
    ...{ id: 7, command: 'sleep 1', running: true, write: () => undefined },
    onData: () => ({ dispose: () => undefined }),
    onExit: () => ({ dispose: () => undefined }),
    take: (options: { yieldMs: number }) => {
      ({ yieldMs } = options);
      return Promise.resolve({ text: '', omittedBytes: 0, wallMs: 1 });
    },
  } as unknown as Terminal;
  const terminals = { open: async () => terminal, get: () => terminal } as unknown as Terminals;
  const { signal } = new AbortController();
  const context = { terminals, signal, cwd: '/w', readOnly: true, showOutput: () => undefined };
  await tool.run(tool.parse(JSON.stringify(input)), context as unknown as ToolContext);
  return yieldMs;
}

describe('how long a tool waits for a command', () => {
  const cases: ReadonlyArray<readonly [Tool, Record<string, unknown>, number]> = [
    [execCommand, {}, 10_000],
    [execCommand, { yield_time_ms: 1 }, 250],
    [execCommand, { yield_time_ms: 1_000 }, 1_000],
    [execCommand, { yield_time_ms: 1_000_000 }, 30_000],
    [writeStdin, { chars: 'y\n' }, 250],
    [writeStdin, { chars: 'y\n', yield_time_ms: 1 }, 250],
    [writeStdin, { chars: 'y\n', yield_time_ms: 1_000_000 }, 30_000],
    [writeStdin, {}, 5_000],
    [writeStdin, { chars: '' }, 5_000],
    [writeStdin, { yield_time_ms: 250 }, 5_000],
    [writeStdin, { yield_time_ms: 60_000 }, 60_000],
    [writeStdin, { yield_time_ms: 1_000_000 }, 300_000],
  ];
  for (const [tool, input, expected] of cases) {
    it(`is ${expected} ms for ${tool.name} with ${JSON.stringify(input)}`, async () => {
      const needed = tool === execCommand ? { cmd: 'sleep 1' } : { session_id: 7 };
      assert.equal(await waited(tool, { ...needed, ...input }), expected);
    });
  }
});
