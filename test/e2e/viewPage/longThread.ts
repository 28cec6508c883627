import type { ThreadEventBody } from '../../../src/protocol/events';
import type { UserInput } from '../../../src/protocol/input';
import type { ThreadState } from '../../../src/protocol/threadState';
import { sampleContext } from '../../support/sampleContext';
import { pageStates, threadOf } from './states';

const itemsPerTurn = 500;

/** A thread as a long day leaves it; its last turn runs and begins to answer. */
export function longThread(items: number): ThreadState {
  const bodies: ThreadEventBody[] = [
    { type: 'thread.started', cwd: '/work' },
    { type: 'thread.renamed', title: 'A long day' },
  ];
  const turns = Math.ceil(items / itemsPerTurn);
  for (let turn = 0; turn < turns; turn++) {
    const turnId = `turn-${turn}`;
    const input = { text: `Go on with part ${turn}`, attachments: [] };
    const { usage } = pageStates.finished.thread.turns[0]!;
    const length = Math.min(itemsPerTurn, items - turn * itemsPerTurn);
    bodies.push(
      { type: 'turn.started', turnId, input, context: sampleContext('/work') },
      ...Array.from({ length }, (_, index) => longThreadItem(turnId, index, input)),
    );
    if (turn < turns - 1) bodies.push({ type: 'turn.completed', turnId, usage });
  }
  const live = { id: 'live', type: 'agentMessage', status: 'inProgress', phase: 'final' } as const;
  const turnId = `turn-${turns - 1}`;
  return threadOf(...bodies, { type: 'item.started', turnId, item: { ...live, text: 'So: ' } });
}

function longThreadItem(turnId: string, index: number, input: UserInput): ThreadEventBody {
  const started = { type: 'item.started', turnId } as const;
  const id = `${turnId}-${index}`;
  const done = { id, status: 'completed' } as const;
  if (index === 0) return { ...started, item: { ...done, type: 'userMessage', input } };
  switch (index % 5) {
    case 1: {
      const text = `Now \`part${index}\` of **${turnId}**: see src/part${index}.ts:3, then the rest.\n\n- one\n- two`;
      return { ...started, item: { ...done, type: 'agentMessage', phase: 'commentary', text } };
    }
    case 2: {
      const diff = '@@ -3 +3 @@\n-  return one;\n+  return two;\n';
      const change = { path: `src/part${index}.ts`, kind: 'update', diff } as const;
      const changes = [{ ...change, added: 1, removed: 1 }];
      return { ...started, item: { ...done, type: 'fileChange', changes } };
    }
    default: {
      const ran = { cwd: '/work', exitCode: 0, durationMs: 120, readOnly: false } as const;
      const output = `\x1b[32m✔\x1b[0m line of output ${index}\r\n`.repeat(15);
      const command = `node test/part${index}.js`;
      return { ...started, item: { ...done, ...ran, type: 'commandExecution', command, output } };
    }
  }
}
