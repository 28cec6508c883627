import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRoutedModel } from '../../src/adapters/openai/routedModel';
import {
  startScriptedChatServer,
  type ChatDialect,
  type ScriptedChatServer,
} from '../support/scriptedChatServer';
import { runHeadless } from '../support/runHeadless';
import { message, respond } from '../support/scriptedServer';
import { startTestThreads, type TestThreads } from '../support/testThreads';

const slug = "exports.slug = (s) => s.trim().toLowerCase().replace(' ', '-');\n";
const test = `const { slug } = require('./src/slug');
if (slug('a b c') !== 'a-b-c') { console.log('FAIL ' + slug('a b c')); process.exit(1); }
console.log('ok');
`;
const patch = `*** Begin Patch
*** Update File: src/slug.js
@@
-exports.slug = (s) => s.trim().toLowerCase().replace(' ', '-');
+exports.slug = (s) => s.trim().toLowerCase().replaceAll(' ', '-');
*** End Patch`;
const steps = (...statuses: string[]) => ({
  plan: ['Fix it', 'See it pass'].map((step, index) => ({ step, status: statuses[index] })),
});

describe('the main job over Chat Completions', () => {
  let agent: TestThreads;
  let server: ScriptedChatServer;
  afterEach(async () => {
    await agent.dispose();
    await server.close();
  });

  async function start(
    dialect: ChatDialect,
    answers: Parameters<typeof startScriptedChatServer>[1],
    asksForTitles = async () => false,
  ) {
    server = await startScriptedChatServer(dialect, answers);
    const baseUrl = () => server.baseUrl;
    const files = { 'src/slug.js': slug, 'test.js': test, 'AGENTS.md': 'Be brief.\n' };
    agent = await startTestThreads(files, [respond(message('Over Responses.'))], (scripted) => ({
      asksForTitles,
      model: createRoutedModel({
        credentials: {
          apiKey: async () => (isChat ? undefined : 'key'),
          baseUrl: () => (isChat ? baseUrl() : scripted.baseUrl),
        },
      }),
    }));
  }

  let isChat = true;
  beforeEach(() => (isChat = true));

  const chat = { model: 'qwen3-coder:30b', wireApi: 'chat' } as const;
  const answers = [
    {
      reasoning: 'The test says what is wrong.',
      text: "I'll run the test first.",
      calls: [
        { name: 'update_plan', args: steps('in_progress', 'pending') },
        { name: 'exec_command', args: { cmd: 'node test.js' } },
      ],
    },
    { calls: [{ name: 'apply_patch', args: { input: patch } }] },
    {
      calls: [
        { name: 'exec_command', args: { cmd: 'node test.js' } },
        { name: 'update_plan', args: steps('completed', 'completed') },
      ],
    },
    { text: '`slug` replaces every space (src/slug.js:1).' },
  ];

  for (const dialect of ['ollama', 'lmStudio', 'vllm', 'unstreamed'] as const) {
    it(`is done with a server like ${dialect}, without a key`, async () => {
      await start(dialect, answers);
      await agent.ask('slug() only replaces the first space; fix it', chat);
      const turn = agent.thread.state.turns.at(-1)!;
      assert.equal(turn.status, 'completed', turn.error?.message);
      assert.deepEqual(server.violations, []);
      assert.match(readFileSync(agent.workspace.at('src/slug.js'), 'utf8'), /replaceAll/);
      assert.deepEqual(
        turn.entries.map((entry) => entry.type).filter((type) => type !== 'notice'),
        [
          ...['userMessage', 'reasoning', 'agentMessage', 'commandExecution', 'fileChange'],
          ...['commandExecution', 'agentMessage'],
        ],
      );
      const commands = turn.entries.filter((entry) => entry.type === 'commandExecution');
      assert.deepEqual(
        commands.map(({ exitCode }) => exitCode),
        [1, 0],
      );
      assert.equal(agent.thread.state.changes.files[0]?.path, 'src/slug.js');
      assert.ok(turn.usage.inputTokens > 0);
      assertRequests();
    });
  }

  /** What the server was sent: plain functions, one call at a time, and a growing history. */
  function assertRequests(): void {
    const [first] = server.requests;
    assert.equal(first?.body.parallel_tool_calls, false);
    assert.ok(first?.body.tools?.some((tool) => tool.function.name === 'apply_patch'));
    assert.match(JSON.stringify(first?.body.messages), /Be brief\./);
    for (const [index, later] of server.requests.entries()) {
      const earlier = server.requests[Math.max(0, index - 1)]!.body.messages;
      const same = later.body.messages.slice(0, earlier.length);
      assert.equal(JSON.stringify(same), JSON.stringify(earlier), 'the prefix stays as it is');
    }
    const outputs = server.requests.at(-1)!.body.messages.filter(({ role }) => role === 'tool');
    assert.equal(outputs.length, 5);
    assert.match(String(outputs[1]?.content), /FAIL a-b c/);
    assert.match(String(outputs[2]?.content), /M src\/slug\.js/);
  }

  it('says nothing twice after a stream broke off', async () => {
    const text = 'The whole answer in one piece.';
    await start('ollama', [{ text, dropAfter: 3 }, { text }]);
    await agent.ask('hi', chat);
    const [answer] = agent.thread.state.turns.at(-1)!.entries.slice(-1);
    assert.equal(answer?.type === 'agentMessage' && answer.text, text);
    assert.equal(server.requests[0]?.raw, server.requests[1]?.raw, 'a retry sends the same bytes');
  });

  it('goes on over the other API from the next turn on, in the same thread', async () => {
    await start('ollama', answers);
    await agent.ask('fix it', chat);
    isChat = false;
    await agent.ask('and now?');
    assert.deepEqual(agent.server.violations, []);
    const [request] = agent.server.requests;
    assert.match(JSON.stringify(request?.body.input), /replaces every space/);
    isChat = true;
    await agent.ask('and again?', chat);
    assert.deepEqual(server.violations, []);
    assert.match(server.requests.at(-1)!.raw, /Over Responses\./);
  });

  it('asks the same server for the title of the thread', async () => {
    await start('ollama', [{ text: 'Done.' }, { text: 'Fix the slugs' }], async () => true);
    const renamed = new Promise<void>((resolve) => {
      agent.thread.onEvent((event) => {
        if (event.type === 'thread.renamed' && event.title === 'Fix the slugs') resolve();
      });
    });
    await agent.ask('fix it', chat);
    await renamed;
    assert.equal(agent.server.requests.length, 0);
    assert.deepEqual(server.violations, []);
  });

  it('is done on the command line by two settings, without a key', async () => {
    await start('ollama', answers);
    const baseUrl = `baseUrl=${server.baseUrl}`;
    const { code, stdout, stderr } = await runHeadless({
      args: [
        ...['exec', '-m', 'qwen3-coder:30b', '-c', 'wireApi=chat', '-c', baseUrl],
        ...['--dangerously-bypass-approvals-and-sandbox', 'fix it'],
      ],
      cwd: agent.workspace.path,
      env: { TANDEM_HOME: agent.stateFolder, HOME: agent.stateFolder },
    });
    assert.equal(code, 0, stderr);
    assert.match(stdout, /replaces every space/);
    assert.deepEqual(server.violations, []);
    assert.match(readFileSync(agent.workspace.at('src/slug.js'), 'utf8'), /replaceAll/);
  });
});
