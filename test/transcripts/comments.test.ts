import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ThreadEvent } from '../../src/protocol/events';
import type { ModelItem } from '../../src/protocol/modelItem';
import { exportMarkdown } from '../../src/threads/exportThread';
import { forkEvents } from '../../src/threads/forkEvents';
import { condenseEvents } from '../../src/protocol/condenseEvents';
import { emptyThreadState, foldEvent } from '../../src/protocol/threadState';
import { assertGolden } from '../support/goldenText';
import { maskUnstable, printEvents, printRequests } from '../support/printTranscript';
import { sampleContext } from '../support/sampleContext';
import {
  customCall,
  functionCall,
  message,
  respond,
  type ScriptedRequest,
} from '../support/scriptedServer';
import { startTestThreads, type TestThreads } from '../support/testThreads';

const slug = `export function slug(title) {
  return title.toLowerCase().replace(' ', '-');
}

export const max = 60;
`;

const firstPatch = `*** Begin Patch
*** Update File: slug.js
@@
-  return title.toLowerCase().replace(' ', '-');
+  return title.trim().toLowerCase().split(' ').join('-');
@@
-export const max = 60;
+export const max = 80;
*** End Patch`;

const secondPatch = `*** Begin Patch
*** Update File: slug.js
@@
-  return title.trim().toLowerCase().split(' ').join('-');
+  return title.trim().toLowerCase().replaceAll(' ', '-');
*** End Patch`;

describe('comments on code', () => {
  let agent: TestThreads;
  afterEach(() => agent.dispose());

  const done = respond(message('Done.'));
  const edit = respond(customCall('apply_patch', firstPatch, 'c1'));

  async function startWithEdit(more: readonly ReturnType<typeof respond>[]) {
    agent = await startTestThreads({ 'slug.js': slug }, [edit, done, ...more]);
    await agent.ask('Make slugs of titles with several spaces.');
  }

  const context = () => sampleContext(agent.workspace.path);
  const comments = () => agent.thread.state.comments;
  const hunks = () => agent.thread.state.changes.files[0]?.hunks ?? [];

  /** The texts of a request's input that tell comments. */
  function told(request: ScriptedRequest | undefined): readonly string[] {
    const input = (request?.body.input ?? []) as readonly ModelItem[];
    return input.flatMap((item) =>
      item.type === 'message' && Array.isArray(item.content)
        ? item.content.flatMap((part) =>
            part.type === 'input_text' && part.text.startsWith('<comments>') ? [part.text] : [],
          )
        : [],
    );
  }

  it('are told, answered and followed up', async () => {
    await startWithEdit([
      respond(customCall('apply_patch', secondPatch, 'c2')),
      respond(
        message(
          'Both comments are done.\n\n- [C1] `replaceAll` says it in one step.\n- **C2:** 60 was a guess; I would keep 80.',
        ),
      ),
    ]);
    await agent.thread.comments.add(
      { path: 'slug.js', startLine: 2, endLine: 2 },
      'Why not replaceAll?',
    );
    await agent.thread.comments.add({ path: 'slug.js', startLine: 4, endLine: 5 }, 'Is 80 needed?');
    assert.deepEqual(
      comments().map(({ id, kind, state }) => [id, kind, state]),
      [
        ['C1', 'hunk', 'waiting'],
        ['C2', 'hunk', 'waiting'],
      ],
    );
    await agent.thread.sendComments(context());
    assertGolden(
      'comments',
      maskUnstable(
        [printEvents(agent.events), printRequests(agent.server.requests.slice(2))].join('\n\n'),
        agent.workspace.path,
      ),
    );
    assert.deepEqual(
      comments().map(({ id, state, answers }) => [
        id,
        state,
        answers[0]?.text,
        answers[0]?.changed,
      ]),
      [
        ['C1', 'answered', '`replaceAll` says it in one step.', true],
        ['C2', 'answered', '60 was a guess; I would keep 80.', undefined],
      ],
    );
    assert.deepEqual(agent.server.violations, []);
  });

  it('are the same bytes on the wire as here', async () => {
    await startWithEdit([done]);
    await agent.thread.comments.add({ path: 'slug.js', startLine: 1, endLine: 1 }, 'A line.');
    await agent.thread.comments.add({ path: 'slug.js', startLine: 2, endLine: 2 }, 'An edit.');
    agent.workspace.write(
      'slug.js',
      `// Slugs.\n${readFileSync(join(agent.workspace.path, 'slug.js'), 'utf8')}`,
    );
    await agent.ask('Go on.');
    const last = agent.server.requests[2]!.body.input.at(-1);
    assert.deepEqual(last, {
      type: 'message',
      role: 'user',
      content: [
        {
          type: 'input_text',
          text: `<comments>
The person commented on the code. Do what each comment asks, answer it where it is a question, or say why you do not. In your final answer begin the part about a comment with its id in square brackets, such as [C1]; they see it as the reply to that comment.

[C1] slug.js:2, on these lines:
 export function slug(title) {
Comment: A line.

[C2] slug.js:3, on your edit:
-  return title.toLowerCase().replace(' ', '-');
+  return title.trim().toLowerCase().split(' ').join('-');
Comment: An edit.
</comments>`,
        },
        { type: 'input_text', text: 'Go on.' },
      ],
    });
  });

  it('are told once, and stay in the prefix of later requests', async () => {
    await startWithEdit([done, done]);
    await agent.thread.comments.add({ path: 'slug.js', startLine: 2, endLine: 2 }, 'Why?');
    await agent.ask('on');
    await agent.ask('and on');
    const [, , third, fourth] = agent.server.requests;
    assert.equal(told(third).length, 1);
    assert.deepEqual(told(fourth), told(third));
    assert.deepEqual(fourth!.body.input.slice(0, third!.body.input.length), third!.body.input);
  });

  it('steer a running turn at its next step, and keep it from ending before', async () => {
    agent = await startTestThreads({ 'slug.js': slug }, [
      edit,
      respond(functionCall('exec_command', { cmd: 'sleep 0.3' }, 'c2')),
      done,
      respond(message('[C2] As said.')),
    ]);
    let added = 0;
    agent.thread.onEvent((event) => {
      const running = event.type === 'item.started' && event.item.type === 'commandExecution';
      const ending = event.type === 'item.started' && event.item.type === 'agentMessage';
      if (running || (ending && added === 1)) {
        added += 1;
        void agent.thread.comments.add(
          { path: 'slug.js', startLine: 2, endLine: 2 },
          running ? 'While it runs.' : 'At the end.',
        );
      }
    });
    await agent.ask('go');
    const [, , third, fourth] = agent.server.requests;
    assert.match(told(third)[0] ?? '', /\[C1\][^]*While it runs\./);
    assert.equal(told(fourth).length, 2);
    assert.match(told(fourth)[1] ?? '', /\[C2\][^]*At the end\./);
    assert.equal(agent.thread.state.turns.length, 1);
    assert.deepEqual(
      comments().map(({ state }) => state),
      ['sent', 'answered'],
    );
    assert.deepEqual(agent.server.violations, []);
  });

  it('that say nothing else are answered by a message that names none', async () => {
    await startWithEdit([respond(message('Because of tabs.'))]);
    await agent.thread.comments.add({ path: 'slug.js', startLine: 2, endLine: 2 }, 'Why?');
    await agent.thread.sendComments(context());
    assert.equal(comments()[0]?.answers[0]?.text, 'Because of tabs.');
    assert.equal(agent.thread.sendComments(context()), undefined);
  });

  it('can be edited and taken back until they are sent', async () => {
    await startWithEdit([done]);
    const spot = { path: 'slug.js', startLine: 2, endLine: 2 };
    await agent.thread.comments.add(spot, 'First.');
    await agent.thread.comments.add(spot, 'Second.');
    assert.ok(agent.thread.comments.edit('C1', 'First, better.'));
    assert.ok(agent.thread.comments.withdraw('C2'));
    await agent.ask('on');
    const [text = ''] = told(agent.server.requests[2]);
    assert.match(text, /First, better\./);
    assert.doesNotMatch(text, /Second/);
    assert.ok(!agent.thread.comments.edit('C1', 'Too late.'));
    assert.ok(!agent.thread.comments.withdraw('C1'));
    const third = await agent.thread.comments.add(spot, 'Third.');
    assert.equal(third.id, 'C3');
  });

  it('say when their lines were changed, or are gone', async () => {
    await startWithEdit([done]);
    await agent.thread.comments.add({ path: 'slug.js', startLine: 1, endLine: 1 }, 'Name?');
    await agent.thread.comments.add({ path: 'slug.js', startLine: 5, endLine: 5 }, 'Max?');
    agent.workspace.write('slug.js', 'export const max = 80;\n');
    await agent.ask('on');
    const [text = ''] = told(agent.server.requests[2]);
    assert.match(
      text,
      /\[C1\] slug\.js:1, on these lines; they are no longer in the file:\n export function slug/,
    );
    assert.match(text, /\[C2\] slug\.js:1, on your edit:/);
  });

  it('survive a restart, a condensed journal and an end of the host', async () => {
    await startWithEdit([done]);
    const spot = { path: 'slug.js', startLine: 2, endLine: 2 };
    await agent.thread.comments.add(spot, 'Kept.');
    agent.thread.comments.edit('C1', 'Kept, and edited.');
    await agent.threads.dispose();
    const again = agent.anotherHost().open(agent.thread.id);
    assert.equal(again.state.comments[0]?.text, 'Kept, and edited.');
    await again.sendComments(context());
    assert.match(told(agent.server.requests[2])[0] ?? '', /Kept, and edited\./);
    const stored = agent
      .anotherHost()
      .export(agent.thread.id, 'jsonLines')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as ThreadEvent);
    const fold = (events: readonly ThreadEvent[]) =>
      events.reduce(foldEvent, emptyThreadState(agent.thread.id)).comments;
    assert.deepEqual(fold(condenseEvents(stored)), fold(stored));
    assert.match(
      exportMarkdown(stored),
      /\*\*\[C1\]\*\* Comment on `slug\.js:2`[^]*Kept, and edited\./,
    );
  });

  it('that wait stay with the thread they were written in when it is forked', async () => {
    await startWithEdit([done]);
    const spot = { path: 'slug.js', startLine: 2, endLine: 2 };
    await agent.ask('on');
    await agent.thread.comments.add(spot, 'Waits.');
    const turn = agent.thread.state.turns[1]!.id;
    const fork = forkEvents(
      agent.events.filter(({ type }) => type !== 'item.delta'),
      turn,
      {
        threadId: 'fork',
        at: 0,
      },
    );
    const state = fork!.events.reduce(foldEvent, emptyThreadState('fork'));
    assert.deepEqual(
      state.comments.filter(({ state: now }) => now === 'waiting'),
      [],
    );
  });

  describe('on a rejected hunk', () => {
    it('tell why it was rejected instead of that it was', async () => {
      await startWithEdit([respond(message('Understood.'))]);
      const [first, second] = hunks();
      await agent.thread.resolveChanges('reject', { path: 'slug.js', hunkId: second!.id });
      await agent.thread.resolveChanges('reject', { path: 'slug.js', hunkId: first!.id });
      const target = { path: 'slug.js', hunkId: first!.id };
      const reason = await agent.thread.comments.explainRejection(target, 'It breaks tabs.');
      assert.equal(reason?.kind, 'rejection');
      await agent.ask('on');
      const texts = JSON.stringify(agent.server.requests[2]!.body.input);
      const [review = ''] = texts.match(/<review>.*?<\/review>/) ?? [];
      assert.match(review, /export const max = 80;/);
      assert.doesNotMatch(review, /split/);
      assert.match(
        told(agent.server.requests[2])[0] ?? '',
        /\[C1\] slug\.js:2, an edit of yours that the person rejected[^]*:\n- {2}return title\.toLowerCase\(\)\.replace\(' ', '-'\);\n\+ {2}return title\.trim\(\).*\nWhy they rejected it: It breaks tabs\.\n<\/comments>/,
      );
      assert.equal(agent.thread.state.comments[0]?.state, 'sent');
      await agent.threads.dispose();
    });
  });
});
