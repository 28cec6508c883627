import assert from 'node:assert/strict';
import type { TurnContext } from '../../src/protocol/turnContext';
import { customCall, functionCall, message, respond } from '../support/scriptedServer';
import { startTestThreads, type TestThreads } from '../support/testThreads';

const models = { codex: 'gpt-5.2-codex', mainline: 'gpt-5.5', generic: 'llama-4' };
const pragmatic = /Talk like a pragmatic colleague/;
const friendly = /Talk like a friendly colleague/;

describe('what the model is told of its situation', () => {
  let agent: TestThreads;
  afterEach(() => agent.dispose());

  const say = () => respond(message('Done.'));

  /** The text of the input that the request added to the one before it. */
  function added(request: number): string {
    const { requests } = agent.server;
    const before = requests[request - 1]?.body.input ?? [];
    const now = requests[request]?.body.input ?? [];
    assert.equal(JSON.stringify(now.slice(0, before.length)), JSON.stringify(before));
    return now
      .slice(before.length)
      .filter(({ role }) => role === 'user' || role === 'developer')
      .flatMap(({ content }) => content as readonly { readonly text?: string }[])
      .map(({ text }) => text ?? '')
      .join('\n');
  }

  /** Everything of a request that stands before the input: no setting of the voice may change it. */
  const frame = (request: number) => {
    const { instructions, tools } = agent.server.requests[request]!.body;
    return JSON.stringify({ instructions, tools });
  };

  describe('in a voice', () => {
    for (const profile of ['mainline', 'generic'] as const) {
      const model = models[profile];

      it(`says the personality to ${profile} models, and takes it back, by appending`, async () => {
        agent = await startTestThreads({}, () => say());
        const personalities = ['pragmatic', 'friendly', 'none', 'Talk like a sailor.', 'pragmatic'];
        for (const personality of personalities) await agent.ask('go', { model, personality });
        assert.match(added(0), pragmatic);
        assert.match(added(1), friendly);
        assert.match(added(2), /<personality>\nNothing applies here any longer/);
        assert.match(added(3), /<personality>\nTalk like a sailor\.\n<\/personality>/);
        assert.match(added(4), pragmatic);
        for (const index of [1, 2, 3, 4]) {
          assert.doesNotMatch(added(index), /<permissions>|<mode>|<preambles>/);
          assert.equal(frame(index), frame(0));
        }
      });

      it(`says nothing of a voice to ${profile} models where there is none`, async () => {
        agent = await startTestThreads({}, () => say());
        await agent.ask('go', { model, personality: 'none', preambles: false });
        assert.doesNotMatch(added(0), /<personality>|<preambles>|preamble/i);
        assert.doesNotMatch(frame(0), /preamble/i);
      });

      it(`switches preambles of ${profile} models on and off by appending`, async () => {
        agent = await startTestThreads({}, () => say());
        for (const preambles of [true, false, true]) await agent.ask('go', { model, preambles });
        assert.match(added(0), /<preambles>\n(?!Nothing)/);
        assert.match(added(1), /<preambles>\nNothing applies here any longer/);
        assert.match(added(2), /<preambles>\n(?!Nothing)/);
        assert.equal(frame(2), frame(0));
      });
    }

    it('gives codex models none, whatever is set, and asks for summaries instead', async () => {
      agent = await startTestThreads({}, () => say());
      const model = models.codex;
      await agent.ask('go', { model, preambles: true, personality: 'friendly' });
      await agent.ask('go', { model, preambles: false, personality: 'Talk like a sailor.' });
      assert.doesNotMatch(added(0) + frame(0), /preamble|<personality>|colleague/i);
      assert.equal(added(1), 'go');
      const { reasoning } = agent.server.requests[0]!.body as { reasoning?: { summary?: string } };
      assert.equal(reasoning?.summary, 'auto');
    });
  });

  it('names rules of AGENTS.md that were edited meanwhile, by appending', async () => {
    agent = await startTestThreads({ 'AGENTS.md': 'Use tabs.\n' }, () => say());
    await agent.ask('go');
    await agent.ask('go');
    agent.workspace.write('AGENTS.md', 'Use spaces.\n');
    await agent.ask('go');
    assert.match(added(0), /Use tabs\./);
    assert.equal(added(1), 'go');
    assert.match(added(2), /<project_instructions>[^]*Use spaces\./);
    assert.doesNotMatch(added(2), /Use tabs|<permissions>|<environment_context>/);
  });

  it('stays a byte-for-byte prefix over ten turns with changes of every kind', async () => {
    const patch = (before: number) =>
      `*** Begin Patch\n*** Update File: a.js\n@@\n-${before}\n+${before + 1}\n*** End Patch`;
    agent = await startTestThreads({ 'a.js': '1\n', 'AGENTS.md': 'One.\n' }, (request, index) => {
      const last = request.body.input.at(-1);
      if (last?.role !== 'user') return say();
      const turn = Math.floor(index / 2) + 1;
      return turn % 2 === 0
        ? respond(functionCall('exec_command', { cmd: `echo ${turn} >> b.txt` }, `e${index}`))
        : respond(customCall('apply_patch', patch(1), `p${index}`));
    });
    const changes: readonly Partial<TurnContext>[] = [
      {},
      { mode: 'plan' },
      { mode: 'ask', personality: 'friendly' },
      { preambles: false },
      { approvalPolicy: 'on-request' },
      { sandboxMode: 'workspace-write' },
      { personality: 'none', effort: 'high' },
      { preambles: true, mode: 'agent' },
      { personality: 'Own words.' },
      {},
    ];
    for (const [index, change] of changes.entries()) {
      if (index === 4) agent.workspace.write('AGENTS.md', 'Two.\n');
      if (index === 6) await agent.thread.resolveChanges('reject', { path: 'a.js' });
      await agent.ask(`turn ${index}`, change);
    }
    assert.deepEqual(agent.server.violations, []);
    const { requests } = agent.server;
    assert.ok(requests.length >= 20);
    for (let index = 1; index < requests.length; index++) {
      added(index);
      assert.equal(frame(index), frame(0));
    }
    const said = JSON.stringify(requests.at(-1)!.body.input);
    for (const part of [/Mode: plan/, /Two\./, /<review>/, /Own words\./]) assert.match(said, part);
  });

  it('hears of a patch that does not fit which lines come nearest, and can mend it', async () => {
    const patch = (line: string) =>
      `*** Begin Patch\n*** Update File: a.js\n@@\n-${line}\n+const total = 2;\n*** End Patch`;
    agent = await startTestThreads({ 'a.js': 'let x;\nconst total = 1;\n' }, [
      respond(customCall('apply_patch', patch('const totals = 1;'), 'c1')),
      respond(customCall('apply_patch', patch('const total = 1;'), 'c2')),
      say(),
    ]);
    await agent.ask('go');
    const failure = agent.server.requests[1]!.outputOf('c1') ?? '';
    assert.match(failure, /^apply_patch verification failed: .*a\.js/);
    assert.match(failure, /const total = 1;/);
    assert.match(agent.server.requests[2]!.outputOf('c2') ?? '', /Success/);
  });
});
