import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { git, makeRepository } from '../support/gitRepository';
import {
  customCall,
  functionCall,
  message,
  respond,
  type ScriptedRequest,
} from '../support/scriptedServer';
import { startTestThreads, type TestThreads } from '../support/testThreads';

const patch = (body: string) =>
  respond(customCall('apply_patch', `*** Begin Patch\n${body}\n*** End Patch`, 'c1'));
const shell = (cmd: string, id = 'c2') => respond(functionCall('exec_command', { cmd }, id));
const done = respond(message('Done.'));
const signal = () => AbortSignal.timeout(30_000);
const textOf = (request: ScriptedRequest | undefined) => JSON.stringify(request?.body.input);

describe('words for what changed', () => {
  let agent: TestThreads;
  afterEach(() => agent.dispose());

  const files = {
    'src/slug.js': 'exports.slug = (s) =>\n  s.replace(" ", "-");\n',
    'test.js': 'process.exit(0);\n',
  };
  const fix = patch(
    '*** Update File: src/slug.js\n@@\n-  s.replace(" ", "-");\n+  s.replaceAll(" ", "-");',
  );
  /** One turn that fixes the slug and runs its test; then come these answers. */
  async function start(...answers: readonly ReturnType<typeof respond>[]): Promise<void> {
    agent = await startTestThreads(files, [fix, shell('node test.js'), done, ...answers]);
    makeRepository(agent.workspace.path);
    for (const subject of [
      'fix(cart): keep the order',
      'feat: add the cart',
      'chore: bump mocha',
    ]) {
      git(agent.workspace.path, 'commit', '-qm', subject, '--allow-empty');
    }
    await agent.ask('slug() only replaces the first space');
  }
  const accept = () => agent.thread.resolveChanges('accept', {});
  const drafts = () => agent.thread.drafts;

  it('drafts a commit message from the accepted diff, in the style of the log', async () => {
    await start(
      respond(
        message('```\nfix(slug): replace every space\n\nAt src/slug.js:2 and src/slug.js:40.\n```'),
      ),
    );
    await accept();
    assert.deepEqual(await drafts().commitMessage(signal()), {
      text: 'fix(slug): replace every space\n\nAt src/slug.js:2 and src/slug.js.',
      by: 'model',
    });
    const request = agent.server.requests.at(-1)!;
    assert.match(
      textOf(request),
      /<newest_subjects>\\nchore: bump mocha\\nfeat: add the cart\\nfix\(cart\): keep the order\\nstart\\n/,
    );
    assert.match(textOf(request), /conventional commits/);
    assert.match(textOf(request), /slug\(\) only replaces the first space/);
    assert.match(textOf(request), /`node test\.js`: passed/);
    assert.match(textOf(request), /update src\/slug\.js \(\+1 -1\)/);
    assert.match(textOf(request), /2\\t\+ {2}s\.replaceAll/);
    assert.deepEqual(request.body.tools ?? [], []);
    assert.deepEqual(agent.server.violations, []);
  });

  it('drafts one from what waits for review where nothing is accepted', async () => {
    await start(respond(message('fix: it')));
    assert.equal((await drafts().commitMessage(signal())).text, 'fix: it');
    assert.match(textOf(agent.server.requests.at(-1)), /update src\/slug\.js \(\+1 -1\)/);
  });

  it('counts what it used to the last turn, and leaves the history of the thread alone', async () => {
    await start(respond(message('fix: it')), done);
    await accept();
    const before = agent.thread.state;
    await drafts().commitMessage(signal());
    const after = agent.thread.state;
    assert.ok(after.turns[0]!.usage.inputTokens > before.turns[0]!.usage.inputTokens);
    assert.equal(after.contextTokens, before.contextTokens);
    await agent.ask('on');
    const last = textOf(agent.server.requests.at(-1));
    assert.doesNotMatch(last, /newest_subjects/);
    assert.deepEqual(agent.server.violations, []);
  });

  it('names the files where no model answers, as the log is worded', async () => {
    await start();
    await accept();
    await agent.server.close();
    const draft = await drafts().commitMessage(signal());
    assert.deepEqual(draft, { text: 'chore: update slug.js', by: 'plain' });
    assert.equal((await agent.thread.commits.preview(signal())).message, 'chore: update slug.js');
  });

  it('ends when it is stopped', async () => {
    await start(respond(message('never')));
    await accept();
    const abort = new AbortController();
    abort.abort();
    await assert.rejects(drafts().commitMessage(abort.signal));
    assert.equal(agent.server.requests.length, 3);
  });

  it('writes a pull request with the checks that ran, whatever the model says of them', async () => {
    await start(
      respond(
        message('# Replace every space\n\nSlugs keep no space (src/slug.js:2).\n\nAll tests pass.'),
      ),
    );
    const { text, by } = await drafts().pullRequest(signal());
    assert.equal(by, 'model');
    assert.equal(
      text,
      '# Replace every space\n\nSlugs keep no space (src/slug.js:2).\n\nAll tests pass.\n\n## Checks\n\n- `node test.js`: passed\n',
    );
  });

  it('calls a check not verified once a later turn wrote files', async () => {
    await start(
      patch('*** Update File: src/slug.js\n@@\n-exports.slug = (s) =>\n+exports.slug = (text) =>'),
      done,
      done,
    );
    await agent.ask('rename it');
    await agent.server.close();
    const { text, by } = await drafts().pullRequest(signal());
    assert.equal(by, 'plain');
    assert.match(text, /^# chore: update slug\.js\n\n- Changed: `src\/slug\.js` \(\+2 −2\)\n/);
    assert.match(text, /- `node test\.js`: not verified\n$/);
  });

  it('covers what was rejected, committed or taken back as it is by then', async () => {
    await start();
    await accept();
    await agent.server.close();
    const { token } = await agent.thread.commits.preview(signal());
    await agent.thread.commits.commit({ message: 'fix: slug', token }, signal());
    assert.match((await drafts().pullRequest(signal())).text, /src\/slug\.js/);
    writeFileSync(agent.workspace.at('src/slug.js'), files['src/slug.js']);
    await assert.rejects(drafts().pullRequest(signal()), /has changed nothing/);
  });
});
