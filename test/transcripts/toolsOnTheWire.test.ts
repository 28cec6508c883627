import assert from 'node:assert/strict';
import { assertGolden } from '../support/goldenText';
import { message, respond } from '../support/scriptedServer';
import { startTestThreads, type TestThreads } from '../support/testThreads';

/** One model per profile; models have habits, so what they are offered is kept to the letter. */
const models = { codex: 'gpt-5.2-codex', mainline: 'gpt-5.5', generic: 'llama-4' };

describe('the tools on the wire', () => {
  let agent: TestThreads;
  afterEach(() => agent.dispose());

  for (const [profile, model] of Object.entries(models)) {
    it(`are for ${profile} models exactly these`, async () => {
      agent = await startTestThreads({}, [respond(message('Hello.')), respond(message('Hello.'))]);
      await agent.ask('hello', { model });
      await agent.ask('hello again', { model, mode: 'ask' });
      assert.deepEqual(agent.server.violations, []);
      const [first, second] = agent.server.requests;
      const { tools, tool_choice, parallel_tool_calls } = first!.body;
      assertGolden(
        `tools-${profile}`,
        JSON.stringify({ tool_choice, parallel_tool_calls, tools }, null, 2),
      );
      // The cache of the server begins with the tools: no setting may change them.
      assert.equal(JSON.stringify(second!.body.tools), JSON.stringify(tools));
      assert.equal(second!.body.instructions, first!.body.instructions);
    });
  }
});
