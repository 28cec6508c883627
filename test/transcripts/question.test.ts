import assert from 'node:assert/strict';
import { absentQuestioner } from '../../src/headless/absentQuestioner';
import type { QuestionItem } from '../../src/protocol/items';
import { functionCall, message, respond } from '../support/scriptedServer';
import { startTestThreads, type TestThreads } from '../support/testThreads';

const options = [
  { label: 'Redis (Recommended)', description: 'Runs already.' },
  { label: 'Memory', description: 'Lost at a restart.' },
];
const question = (id: string) => ({ id, header: 'Cache', question: `Which ${id}?`, options });
const asking = (...ids: string[]) =>
  functionCall('request_user_input', { questions: ids.map(question) }, 'c1');

describe('questions to the person', () => {
  let agent: TestThreads;
  afterEach(() => agent.dispose());

  /** Does something with each question as it opens. */
  function whenAsked(act: (item: QuestionItem) => void): void {
    agent.thread.onEvent((event) => {
      if (event.type !== 'item.started' || event.item.type !== 'question') return;
      const { item } = event;
      setImmediate(() => act(item));
    });
  }
  const questions = () =>
    agent.thread.state.turns.flatMap((turn) =>
      turn.entries.filter((entry) => entry.type === 'question'),
    );

  it('waits for the answers and hands them to the model by id', async () => {
    agent = await startTestThreads({}, [respond(asking('cache', 'ttl')), respond(message('Ok.'))]);
    whenAsked((item) => {
      assert.equal(item.status, 'inProgress');
      const answers = { cache: 'Memory', ttl: 'ten minutes, as before', other: 'not asked' };
      assert.equal(agent.thread.answerQuestion(item.id, answers), true);
      assert.equal(agent.thread.answerQuestion(item.id, answers), false);
    });
    await agent.ask('cache it');
    assert.deepEqual(JSON.parse(agent.server.requests[1]!.outputOf('c1')!), {
      answers: {
        cache: { answers: ['Memory'] },
        ttl: { answers: ['ten minutes, as before'] },
      },
    });
    const [item] = questions();
    assert.equal(item?.status, 'completed');
    assert.deepEqual(item.answers, { cache: 'Memory', ttl: 'ten minutes, as before' });
    assert.deepEqual(agent.server.violations, []);
  });

  it('tells the model what is wrong with questions that cannot be asked', async () => {
    agent = await startTestThreads({}, [
      respond(
        asking('a', 'a'),
        functionCall('request_user_input', { questions: [] }, 'c2'),
        functionCall(
          'request_user_input',
          { questions: [{ ...question('a'), options: [options[0]] }] },
          'c3',
        ),
      ),
      respond(message('Ok.')),
    ]);
    await agent.ask('cache it');
    const [, request] = agent.server.requests;
    assert.match(request!.outputOf('c1')!, /each question needs its own id/);
    assert.match(request!.outputOf('c2')!, /questions/);
    assert.match(request!.outputOf('c3')!, /options/);
  });

  it('ends as interrupted where the host is gone and nobody is there any more, and the thread goes on', async () => {
    agent = await startTestThreads({}, [respond(asking('cache')), respond(message('Back.'))]);
    const asked = new Promise<void>((resolve) => whenAsked(() => resolve()));
    const turn = agent.ask('cache it');
    await asked;
    await agent.threads.dispose();
    await turn;
    const thread = agent.anotherHost({ questioner: absentQuestioner }).open(agent.thread.id);
    const last = thread.state.turns.at(-1)!;
    assert.equal(last.status, 'interrupted');
    assert.equal(last.entries.at(-1)?.type, 'question');
    await thread.startTurn({ text: 'go on', attachments: [] }, last.context);
    assert.deepEqual(agent.server.violations, []);
  });
});
