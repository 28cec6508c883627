import assert from 'node:assert/strict';
import { existsSync, linkSync, readFileSync, symlinkSync } from 'node:fs';
import { makeRepository } from '../support/gitRepository';
import { reviewAnswer } from '../support/reviewAnswers';
import { sampleContext } from '../support/sampleContext';
import { functionCall, message, respond } from '../support/scriptedServer';
import { startTestThreads, type TestThreads } from '../support/testThreads';

const secret = 'CANARY-of-the-person';
const files = {
  '.env': `TOKEN=${secret}\n`,
  '.gitignore': '!.env\n',
  '.ignore': '!.env\n',
  'app.ts': 'const token = readToken();\n',
  'private/plan.md': `token ${secret}\n`,
  '.tandemignore': 'private/\n',
};

const patch = (body: string) => ({ input: `*** Begin Patch\n${body}\n*** End Patch` });

describe('files that are hidden from the agent', () => {
  let agent: TestThreads;
  afterEach(() => agent.dispose());

  async function callOne(name: string, input: object, act: () => void = () => {}) {
    agent = await startTestThreads(files, [
      respond(functionCall(name, input, 'c1')),
      respond(message('Done.')),
    ]);
    act();
    await agent.ask('go');
    const output = agent.server.requests[1]!.outputOf('c1')!;
    assert.ok(!JSON.stringify(agent.server.requests[1]!.body).includes(secret), output);
    assert.ok(!JSON.stringify(agent.events).includes(secret));
    return output;
  }

  const reads: readonly [string, object][] = [
    ['rg', { pattern: 'TOKEN', path: '.env' }],
    ['rg', { pattern: 'CANARY', path: 'private' }],
    ['rg', { pattern: 'CANARY', path: 'private/plan.md' }],
    ['view_image', { path: '.env' }],
    ['apply_patch', patch(`*** Update File: .env\n-TOKEN=x\n+TOKEN=y`)],
    ['apply_patch', patch(`*** Delete File: private/plan.md`)],
    ['apply_patch', patch(`*** Add File: .env.local\n+TOKEN=y`)],
    ['apply_patch', patch(`*** Add File: new.ts\n+x\n*** Delete File: .ENV`)],
  ];
  for (const [tool, input] of reads) {
    it(`B06 refuses ${tool} of ${JSON.stringify(input)} and says why`, async () => {
      assert.match(await callOne(tool, input), /is hidden from the agent/);
      assert.equal(readFileSync(agent.workspace.at('.env'), 'utf8'), files['.env']);
      assert.ok(existsSync(agent.workspace.at('private/plan.md')));
      assert.ok(!existsSync(agent.workspace.at('new.ts')));
    });
  }

  it('B06 refuses links and second names of a hidden file', async () => {
    const act = () => {
      symlinkSync('.env', agent.workspace.at('link.txt'));
      linkSync(agent.workspace.at('.env'), agent.workspace.at('second.txt'));
    };
    const input = patch('*** Update File: second.txt\n-TOKEN=x\n+TOKEN=y');
    assert.match(await callOne('apply_patch', input, act), /second\.txt is hidden/);
    await agent.dispose();
    assert.match(await callOne('view_image', { path: 'link.txt' }, act), /link\.txt is hidden/);
  });

  for (const glob of [undefined, '.env', '**/*', '.*']) {
    it(`B06 searches find nothing in hidden files (glob ${glob})`, async () => {
      const act = () => linkSync(agent.workspace.at('.env'), agent.workspace.at('second.txt'));
      const input = { pattern: 'TOKEN|token', ...(glob && { glob }) };
      const output = await callOne('rg', input, act);
      if (glob === undefined) assert.match(output, /^\.\/app\.ts:1:/);
      assert.doesNotMatch(output, /\.env|second|private/);
    });
  }

  describe('in what the model is sent besides', () => {
    // The script itself is seen, so it must not hold the secret in one piece.
    const changeAll =
      'a=CANARY; echo "$a-of-the-person-2" >> .env; echo "$a-of-the-person-3" > private/new.md; echo 2 >> app.ts';
    const requests = () => JSON.stringify(agent.server.requests.map(({ body }) => body.input));
    const hiddenTexts = [`${secret}\\n`, `+TOKEN`, `TOKEN=${secret}`];

    async function start(): Promise<void> {
      agent = await startTestThreads(files, [
        respond(functionCall('exec_command', { cmd: 'sh change.sh' }, 'c1')),
        respond(message('Done.')),
        respond(message(reviewAnswer())),
        respond(message('chore: change')),
      ]);
      makeRepository(agent.workspace.path);
      agent.workspace.write('change.sh', changeAll);
      await agent.ask('go', { sandboxMode: 'full-access', approvalPolicy: 'never' });
    }

    const assertUnseen = () => {
      for (const text of [secret, ...hiddenTexts]) assert.ok(!requests().includes(text), text);
    };

    it('B06 leaves hidden files out of a review, and out of words for a commit', async () => {
      await start();
      await agent.thread.review(
        { target: { kind: 'uncommitted' }, instruction: '' },
        sampleContext(agent.workspace.path),
      );
      await agent.thread.drafts.commitMessage(AbortSignal.timeout(30_000));
      assert.equal(agent.server.requests.length, 4);
      assert.match(JSON.stringify(agent.server.requests[2]!.body.input), /app\.ts/);
      assert.match(JSON.stringify(agent.server.requests[3]!.body.input), /app\.ts/);
      assertUnseen();
    });

    it('B06 tells of a rejected change of a hidden file only that it was rejected', async () => {
      await start();
      await agent.thread.resolveChanges('reject', {});
      await agent.ask('go on');
      const told = JSON.stringify(agent.server.requests[2]!.body.input);
      assert.match(told, /Rejected/);
      assert.match(told, /app\.ts, line/);
      assertUnseen();
    });
  });
});
