import assert from 'node:assert/strict';
import {
  customCall,
  functionCall,
  message,
  respond,
  type ScriptedRequest,
} from '../support/scriptedServer';
import { startTestThreads, type TestThreads } from '../support/testThreads';

const patch = `*** Begin Patch
*** Update File: a.js
@@
-exports.a = 1;
+exports.a = 2;
*** Update File: b.js
@@
-exports.b = 1;
+exports.b = 2;
*** End Patch`;

const undoPatch = `*** Begin Patch
*** Update File: a.js
@@
-exports.a = 2;
+exports.a = 1;
*** End Patch`;

describe('what the model hears of the review', () => {
  let agent: TestThreads;
  afterEach(() => agent.dispose());

  const files = { 'a.js': 'exports.a = 1;\n', 'b.js': 'exports.b = 1;\n' };
  const edits = respond(customCall('apply_patch', patch, 'c1'));
  const done = respond(message('Done.'));
  const command = functionCall('exec_command', { cmd: 'sleep 0.5; touch new.txt' }, 'c9');

  /** The texts of a request that tell of the review. */
  function reviews(request: ScriptedRequest | undefined): string[] {
    const texts = JSON.stringify(request?.body.input).match(/<review>.*?<\/review>/g) ?? [];
    return texts.map((text) => JSON.parse(`"${text}"`) as string);
  }

  const requests = () => agent.server.requests;

  async function startWithEdits(more: ReturnType<typeof respond>[]): Promise<void> {
    agent = await startTestThreads(files, [edits, done, ...more]);
    await agent.ask('go');
  }

  it('is which hunks were rejected, appended once', async () => {
    await startWithEdits([done, done]);
    await agent.thread.resolveChanges('reject', { path: 'a.js' });
    await agent.ask('on');
    await agent.ask('and on');
    const [told = '', ...rest] = reviews(requests()[2]);
    assert.match(told, /Rejected/);
    assert.match(told, /a\.js, line 1:\n-exports\.a = 1;\n\+exports\.a = 2;/);
    assert.doesNotMatch(told, /b\.js|by hand/);
    assert.deepEqual(rest, []);
    assert.deepEqual(reviews(requests()[3]), [told]);
    assert.deepEqual(
      requests()[3]!.body.input.slice(0, requests()[2]!.body.input.length),
      requests()[2]!.body.input,
    );
    assert.deepEqual(agent.server.violations, []);
  });

  it('is nothing about what was accepted', async () => {
    await startWithEdits([done]);
    await agent.thread.resolveChanges('accept', { path: 'a.js' });
    await agent.thread.resolveChanges('accept', {});
    await agent.ask('on');
    assert.deepEqual(reviews(requests()[2]), []);
  });

  it('is nothing about what the agent itself changed again or took back', async () => {
    await startWithEdits([respond(customCall('apply_patch', undoPatch, 'c2')), done, done]);
    await agent.ask('take a.js back');
    await agent.ask('on');
    assert.deepEqual(reviews(requests()[4]), []);
  });

  it('is told between the steps of a running turn', async () => {
    let rejected: Promise<void> | undefined;
    agent = await startTestThreads(files, [edits, respond(command), done]);
    agent.thread.onEvent((event) => {
      if (event.type !== 'changes.updated') return;
      rejected ??= agent.thread.resolveChanges('reject', { path: 'b.js' });
    });
    await agent.ask('go');
    await rejected;
    assert.match(reviews(requests()[2])[0] ?? '', /b\.js, line 1:/);
    assert.equal(reviews(requests()[2]).length, 1);
    assert.deepEqual(agent.server.violations, []);
  });

  it('survives a restart', async () => {
    await startWithEdits([done]);
    await agent.thread.resolveChanges('reject', { path: 'a.js' });
    await agent.threads.dispose();
    const again = agent.anotherHost().open(agent.thread.id);
    await again.startTurn({ text: 'on', attachments: [] }, agent.thread.state.turns[0]!.context);
    assert.match(reviews(requests()[2])[0] ?? '', /a\.js, line 1:/);
  });

  it('is which files under review were changed by hand', async () => {
    await startWithEdits([respond(command), done]);
    agent.workspace.write('b.js', 'exports.b = 3;\n');
    await agent.ask('on');
    const [told = '', ...rest] = reviews(requests()[3]);
    assert.match(told, /by hand.*\nb\.js\n/);
    assert.doesNotMatch(told, /a\.js|Rejected/);
    assert.deepEqual(rest, []);
  });
});
