import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ThreadEvent } from '../../src/protocol/events';
import type { TurnContext } from '../../src/protocol/turnContext';
import { assertTook } from '../support/assertTook';
import {
  functionCall,
  hangAfter,
  httpError,
  message,
  respond,
  type Step,
} from '../support/scriptedServer';
import { startTestThreads, type TestThreads } from '../support/testThreads';

/** A stopped turn has ended after at most so many milliseconds. */
const limitMs = 1000;

const full = { sandboxMode: 'full-access', approvalPolicy: 'never' } as const;
const run = (cmd: string, more: object = {}) =>
  functionCall('exec_command', { cmd, ...more }, 'c1');
const busy = httpError(
  429,
  { error: { message: 'slow down', code: 'rate_limit_exceeded' } },
  { 'retry-after': '60' },
);
const asking = functionCall(
  'request_user_input',
  {
    questions: [
      {
        id: 'a',
        header: 'A',
        question: 'Which?',
        options: [
          { label: 'One', description: 'The first.' },
          { label: 'Two', description: 'The second.' },
        ],
      },
    ],
  },
  'c1',
);
/** Hears nothing but SIGKILL, and neither does what it started. */
const deaf = `trap '' INT TERM HUP; bash -c "trap '' INT TERM HUP; while :; do sleep 1; done" & echo begun; while :; do sleep 1; done # deaf-to-signals`;

interface Stage {
  readonly name: string;
  readonly step: Step;
  readonly context?: Partial<TurnContext>;
  /** The stage is reached with this event, once the server has the request. */
  readonly reached: (event: ThreadEvent) => boolean;
}

const stages: readonly Stage[] = [
  {
    name: 'before the first request',
    step: respond(message('Too late.')),
    reached: (event) => event.type === 'turn.started',
  },
  {
    name: 'waiting for the model',
    step: { kind: 'hang' },
    reached: (event) => event.type === 'step.started',
  },
  {
    name: 'streaming',
    step: hangAfter(6),
    reached: (event) => event.type === 'item.delta',
  },
  {
    name: 'waiting for the server to allow a retry',
    step: busy,
    reached: (event) => event.type === 'step.retried',
  },
  {
    name: 'starting a command',
    step: respond(run('sleep 60')),
    context: full,
    reached: (event) => event.type === 'item.started' && event.item.type === 'commandExecution',
  },
  {
    name: 'running a command that ignores every polite signal',
    step: respond(run(deaf)),
    context: full,
    reached: (event) => event.type === 'item.delta' && event.delta.kind === 'output',
  },
  {
    name: 'in the first of several commands',
    step: respond(
      run('echo begun; sleep 60'),
      functionCall('exec_command', { cmd: 'touch second' }, 'c2'),
      functionCall('no_such_tool', {}, 'c3'),
    ),
    context: full,
    reached: (event) => event.type === 'item.delta' && event.delta.kind === 'output',
  },
  {
    name: 'in an approval',
    step: respond(run('touch made')),
    context: { approvalPolicy: 'untrusted', sandboxMode: 'workspace-write' },
    reached: (event) => event.type === 'approval.requested',
  },
  {
    name: 'in a question',
    step: respond(asking),
    reached: (event) => event.type === 'item.started' && event.item.type === 'question',
  },
];

describe('stopping a turn', function () {
  let agent: TestThreads;
  afterEach(() => agent.dispose());

  for (const { name, step, context, reached } of stages) {
    it(`ends it within a second, with a history that the server accepts: ${name}`, async () => {
      agent = await startTestThreads({}, [step, respond(message('Back.')), respond(message('.'))]);
      const early = name === 'before the first request';
      let stoppedAt = 0;
      const stop = () => {
        stoppedAt = performance.now();
        agent.thread.interrupt();
      };
      const stopping = agent.thread.onEvent((event) => {
        if (!reached(event)) return;
        stopping.dispose();
        // The event comes before anything could be stopped.
        if (early) queueMicrotask(stop);
        else void requestArrived(agent).then(stop);
      });
      const ended = new Promise<number>((resolve) => {
        agent.thread.onEvent((event) => {
          if (event.type === 'turn.interrupted') resolve(performance.now());
        });
      });
      await agent.ask('go', context);
      const endedAt = await ended;
      await assertTook(endedAt - stoppedAt, limitMs);

      const turn = agent.thread.state.turns[0]!;
      assert.equal(turn.status, 'interrupted');
      const open = turn.entries.filter((e) => e.type !== 'notice' && e.status === 'inProgress');
      assert.deepEqual(open, []);
      assert.deepEqual(agent.thread.state.approvals, []);
      assert.equal(agent.thread.state.changes.files.length, 0);

      await agent.ask('go on');
      assert.equal(agent.thread.state.turns[1]!.status, 'completed');
      assert.deepEqual(agent.server.violations, []);
      assert.equal(processes('deaf-to-signals'), '');
    });
  }
});

/** Resolves a moment after the server has the turn's request. */
async function requestArrived({ server }: TestThreads): Promise<void> {
  do await sleep(20);
  while (server.requests.length === 0);
}

/** The processes whose command line holds a word, one a line. */
function processes(word: string): string {
  const all = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' });
  return all
    .split('\n')
    .filter((line) => line.includes(word))
    .join('\n');
}
