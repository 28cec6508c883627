import assert from 'node:assert/strict';
import type { ReviewItem } from '../../src/protocol/items';
import { openFindings } from '../../src/protocol/openFindings';
import { answeredFinding, reviewAnswer } from '../support/reviewAnswers';
import {
  customCall,
  hang,
  message,
  respond,
  type ScriptedRequest,
  type Step,
} from '../support/scriptedServer';
import { startTestThreads, type TestThreads } from '../support/testThreads';
import { assertStreamInvariants } from '../support/threadInvariants';

const patch = (from: string, to: string) =>
  `*** Begin Patch\n*** Update File: a.js\n@@\n-${from}\n+${to}\n*** End Patch`;

describe('the ambient review', () => {
  let agent: TestThreads;
  afterEach(() => agent.dispose());

  /** `work` answers the agent's requests in order, `judge` the reviewer's. */
  async function start(
    work: readonly Step[],
    judge: (request: ScriptedRequest, index: number) => Step,
    wanted = true,
  ): Promise<void> {
    let worked = 0;
    let judged = 0;
    const script = (request: ScriptedRequest): Step => {
      if (isReview(request)) return judge(request, judged++);
      const step = work[worked++];
      if (!step) throw new Error('The agent asks more than it should.');
      return step;
    };
    agent = await startTestThreads({ 'a.js': 'one\ntwo\n' }, script, () => ({
      reviewsTurns: () => wanted,
    }));
  }

  function isReview({ body }: ScriptedRequest): boolean {
    return body.instructions.startsWith('You review changes');
  }

  const edit = (from: string, to: string) => respond(customCall('apply_patch', patch(from, to)));
  const judgements = () => agent.server.requests.filter(isReview);
  const finding = (line: number, title: string) =>
    answeredFinding(agent.workspace.at('a.js'), [line, line], { title });

  function reviews(): ReviewItem[] {
    return agent.thread.state.turns.flatMap(({ entries }) =>
      entries.filter((entry) => entry.type === 'review'),
    );
  }

  async function until(find: () => boolean): Promise<void> {
    while (!find()) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  it('reviews what a finished turn changed, and counts what that used', async () => {
    await start([edit('two', 'TWO'), respond(message('Done.'))], () =>
      respond(message(reviewAnswer(finding(2, 'Keep the case')))),
    );
    await agent.ask('upper case');
    await until(() => reviews().length === 1);
    const [{ finding: found, turnId }] = openFindings(agent.thread.state) as [
      ReturnType<typeof openFindings>[number],
    ];
    assert.equal(`${found.path}:${found.startLine} ${found.title}`, 'a.js:2 Keep the case');
    const [turn] = agent.thread.state.turns;
    assert.equal(turn?.id, turnId);
    assert.equal(turn.status, 'completed');
    assert.equal(turn.usage.inputTokens, 300);
    assert.equal(agent.thread.state.contextTokens, 120);
    assert.match(judgements()[0]!.raw, /-two\\n\+TWO/);
    assertStreamInvariants(agent.events);
    await agent.thread.resolveChanges('reject', {});
    assert.deepEqual(openFindings(agent.thread.state), []);
  });

  it('does not say again what it said before', async () => {
    await start(
      [
        edit('two', 'TWO'),
        respond(message('Done.')),
        edit('one', 'ONE'),
        respond(message('Done.')),
      ],
      (_request, index) =>
        respond(
          message(
            index === 0
              ? reviewAnswer(finding(2, 'Keep the case'))
              : reviewAnswer(finding(2, 'Keep the case.'), finding(1, 'Keep this one too')),
          ),
        ),
    );
    await agent.ask('upper case');
    await until(() => reviews().length === 1);
    await agent.ask('the other one');
    await until(() => reviews().length === 2);
    assert.match(judgements()[1]!.raw, /<reported_before>\\na\.js:2: Keep the case\\n/);
    assert.deepEqual(
      openFindings(agent.thread.state).map(({ finding: { title } }) => title),
      ['Keep the case', 'Keep this one too'],
    );
  });

  it('is ended by the next turn, and never waited for', async () => {
    await start([edit('two', 'TWO'), respond(message('Done.')), respond(message('Hello.'))], () =>
      hang(),
    );
    await agent.ask('upper case');
    await until(() => judgements().length === 1);
    assert.equal(agent.thread.idle, false);
    await agent.ask('hello');
    assert.equal(agent.thread.state.turns[1]?.status, 'completed');
    assert.equal(agent.thread.idle, true);
    assert.deepEqual(reviews(), []);
    assertStreamInvariants(agent.events);
  });

  it('is not made for a turn that changed nothing, and not unless it is wanted', async () => {
    const judge = () => respond(message(reviewAnswer()));
    await start([respond(message('Hello.'))], judge);
    await agent.ask('hello');
    await agent.dispose();
    assert.deepEqual(judgements(), []);
    await start([edit('two', 'TWO'), respond(message('Done.'))], judge, false);
    await agent.ask('upper case');
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.deepEqual(judgements(), []);
  });

  it('stays silent where it fails', async () => {
    await start([edit('two', 'TWO'), respond(message('Done.'))], () => respond(message('Fine!')));
    await agent.ask('upper case');
    await until(() => judgements().length === 2 && agent.thread.idle);
    assert.deepEqual(reviews(), []);
    assert.equal(agent.thread.state.turns[0]?.status, 'completed');
    assert.ok(!agent.events.some(({ type }) => type === 'notice.raised'));
  });
});
