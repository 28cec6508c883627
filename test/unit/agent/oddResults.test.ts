import assert from 'node:assert/strict';
import { LoopBreaker } from '../../../src/agent/loopBreaker';
import type { CallItem } from '../../../src/agent/history';
import { runToolCall } from '../../../src/agent/runToolCall';
import { defineTool, type Tool } from '../../../src/agent/tool';
import type { TurnEnvironment } from '../../../src/agent/turnEnvironment';
import { countTokens } from '../../../src/base/truncateText';
import type { ThreadEventBody } from '../../../src/protocol/events';
import { emptyThreadState } from '../../../src/protocol/threadState';
import * as z from 'zod';
import { called } from '../../support/memoryModel';

/** A tool that ends in an odd way; what it answers is nothing its type allows. */
function oddTool(run: (signal: AbortSignal) => unknown, timeLimitMs?: number): Tool {
  return defineTool({
    name: 'odd',
    description: 'odd',
    input: z.object({}),
    access: () => ({ kind: 'read', paths: [] }),
    item: () => ({ type: 'toolCall', tool: 'odd', title: 'odd', output: '' }),
    run: async (_input, { signal }) => run(signal) as never,
    ...(timeLimitMs === undefined ? {} : { timeLimitMs }),
  });
}

describe('a tool that does not do what tools do', () => {
  /** The output the model gets of one call, and the events of it. */
  async function outputOf(tool: Tool) {
    const events: ThreadEventBody[] = [];
    const turn = {
      turnId: 't',
      context: { approvalPolicy: 'never' },
      signal: new AbortController().signal,
      meter: { reached: () => undefined, takeCommand: () => true },
      loopBreaker: new LoopBreaker(),
      files: { root: '/w' },
      hosts: { withUntold: (text: string) => text },
      state: () => emptyThreadState('t'),
      log: { info() {}, warn() {}, error() {} },
      emit: (body: ThreadEventBody) => events.push(body),
    } as unknown as TurnEnvironment;
    const output = await runToolCall(turn, {
      kind: 'ready',
      call: called('odd', {}, 'c1') as CallItem,
      tool,
      input: {},
      cwd: '/w',
      access: { kind: 'read', paths: [] },
      verdict: { kind: 'allow', readOnly: true, by: 'policy' },
    });
    assert.ok(output.type === 'function_call_output');
    const ended = events.filter((event) => event.type === 'item.completed');
    assert.equal(ended.length, 1);
    assert.ok(typeof output.output === 'string');
    return { text: output.output, status: ended[0]!.item.status };
  }

  it('becomes an error result where it throws', async () => {
    const { text, status } = await outputOf(
      oddTool(() => {
        throw new Error('broken');
      }),
    );
    assert.deepEqual([text, status], ['odd failed: broken', 'failed']);
  });

  for (const [name, value] of [
    ['nothing', undefined],
    ['null', null],
    ['text alone', 'done'],
    ['a result without text', { ok: true }],
  ] as const) {
    it(`becomes an error result where it answers ${name}`, async () => {
      const { text, status } = await outputOf(oddTool(() => value));
      assert.deepEqual([text, status], ['odd failed: it ended without a result', 'failed']);
    });
  }

  it('becomes an error result where its item has no end', async () => {
    const item: Record<string, unknown> = { type: 'toolCall', tool: 'odd', title: '', output: '' };
    item.output = item;
    const { text } = await outputOf(oddTool(() => ({ ok: true, modelText: 'fine', item })));
    assert.equal(text, 'odd failed: its result cannot be stored');
  });

  it('is cut to size where it answers too much', async () => {
    const { text, status } = await outputOf(
      oddTool(() => ({ ok: true, modelText: 'word '.repeat(5_000_000) })),
    );
    assert.equal(status, 'completed');
    assert.ok(countTokens(text) < 17_000);
  });

  it('is given up, and told to stop, where it never ends', async () => {
    let told = false;
    const { text, status } = await outputOf(
      oddTool((signal) => {
        signal.addEventListener('abort', () => (told = true));
        return new Promise(() => {});
      }, 30),
    );
    assert.match(text, /^odd failed: it did not end within/);
    assert.deepEqual([status, told], ['failed', true]);
  });
});
