import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { ReviewTargetError, type RepositoryTarget } from '../../src/ports/reviewDiffs';
import type { ThreadEvent } from '../../src/protocol/events';
import type { ReviewItem } from '../../src/protocol/items';
import { openFindings } from '../../src/protocol/openFindings';
import { exportMarkdown } from '../../src/threads/exportThread';
import { git, makeRepository } from '../support/gitRepository';
import { assertGolden } from '../support/goldenText';
import { maskUnstable, printEvents, printRequests } from '../support/printTranscript';
import { answeredFinding, reviewAnswer } from '../support/reviewAnswers';
import { sampleContext } from '../support/sampleContext';
import {
  customCall,
  functionCall,
  hang,
  message,
  respond,
  type Script,
} from '../support/scriptedServer';
import { startTestThreads, type TestThreads } from '../support/testThreads';
import { assertStoredEqualsLive, assertStreamInvariants } from '../support/threadInvariants';

const uncommitted = { kind: 'uncommitted' } as const;

describe('a review', () => {
  let agent: TestThreads;
  afterEach(() => agent.dispose());

  /** A repository in which one line of src/slug.js is changed and notes.md is new. */
  async function start(script: (slug: string) => Script): Promise<void> {
    let steps: Script = [];
    agent = await startTestThreads(
      { 'src/slug.js': 'exports.slug = (s) => s;\nexports.other = 1;\n' },
      (request, index) => {
        const step = typeof steps === 'function' ? steps(request, index) : steps[index];
        if (step === undefined) throw new Error(`no step ${index}`);
        return typeof step === 'function' ? step(request) : step;
      },
    );
    steps = script(agent.workspace.at('src/slug.js'));
    makeRepository(agent.workspace.path);
    agent.workspace.write(
      'src/slug.js',
      "exports.slug = (s) => s.replace(' ', '-');\nexports.other = 1;\n",
    );
    agent.workspace.write('notes.md', 'new\n');
  }

  function review(instruction = '', target: RepositoryTarget = uncommitted): Promise<void> {
    const context = sampleContext(agent.workspace.path);
    return agent.thread.review({ target, instruction }, context);
  }

  function reviews(): ReviewItem[] {
    return agent.thread.state.turns.flatMap(({ entries }) =>
      entries.filter((entry) => entry.type === 'review'),
    );
  }

  function assertSound(): void {
    assert.deepEqual(agent.server.violations, []);
    assertStreamInvariants(agent.events);
    assertStoredEqualsLive(stored(), agent.events);
  }

  function stored(): ThreadEvent[] {
    return agent
      .anotherHost()
      .export(agent.thread.id, 'jsonLines')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as ThreadEvent);
  }

  it('reads, judges, and lists what it found, in a turn of its own', async () => {
    await start((slug) => [
      respond(functionCall('exec_command', { cmd: 'cat src/slug.js' }, 'c1')),
      respond(
        message(
          reviewAnswer(
            answeredFinding(slug, [1, 1]),
            answeredFinding(slug, [900, 900], { title: 'Somewhere else' }),
          ),
        ),
      ),
      respond(message('You are welcome.')),
    ]);
    await review('Look at the names.');
    await agent.ask('thanks');
    assertSound();
    const [item] = reviews();
    assert.equal(item?.verdict, 'faulty');
    assert.equal(item.leftOut, 1);
    assert.equal(openFindings(agent.thread.state).length, 1);
    const { path } = agent.workspace;
    const transcript = maskUnstable(printEvents(agent.events), path);
    const requests = maskUnstable(printRequests(agent.server.requests.slice(0, 2)), path);
    assertGolden('codeReview', `${transcript}\n\n${requests}`);
    const markdown = exportMarkdown(stored());
    assert.match(markdown, /### Review of uncommitted changes[^]*src\/slug\.js:1/);
  });

  it('leaves the history of the thread to the thread, and tells it the findings', async () => {
    await start((slug) => [
      respond(functionCall('exec_command', { cmd: 'cat src/slug.js' }, 'c1')),
      respond(message(reviewAnswer(answeredFinding(slug, [1, 1])))),
      respond(message('Yes.')),
    ]);
    await review();
    await agent.ask('is it bad?');
    const [first, , third] = agent.server.requests;
    assert.match(first!.body.instructions, /You review changes/);
    assert.doesNotMatch(third!.body.instructions, /You review changes/);
    assert.doesNotMatch(third!.raw, /cat src\/slug\.js/);
    assert.match(third!.raw, /<review_result>[^]*Replace every space/);
    assert.deepEqual(agent.server.violations, []);
    assert.equal(agent.thread.state.turns[0]?.usage.inputTokens, 200);
    assert.equal(agent.thread.state.contextTokens, 120);
  });

  it('only reads, whatever the settings of the thread allow', async () => {
    await start(() => [
      respond(
        functionCall('exec_command', { cmd: 'touch made' }, 'c1'),
        customCall(
          'apply_patch',
          '*** Begin Patch\n*** Delete File: notes.md\n*** End Patch',
          'c2',
        ),
      ),
      respond(message(reviewAnswer())),
    ]);
    await review();
    const [, second] = agent.server.requests;
    assert.match(second!.outputOf('c1') ?? '', /only reads/);
    assert.match(second!.outputOf('c2') ?? '', /unsupported call/);
    assert.deepEqual(
      agent.server.requests[0]!.body.tools.map(({ name }) => name),
      ['exec_command', 'view_image', 'rg'],
    );
    assert.ok(!existsSync(agent.workspace.at('made')));
    assert.ok(existsSync(agent.workspace.at('notes.md')));
    assert.equal(reviews()[0]?.verdict, 'sound');
    assertSound();
  });

  it('asks once more for an answer that cannot be read, without tools', async () => {
    await start(() => [respond(message('All fine!')), respond(message(reviewAnswer()))]);
    await review();
    assert.equal(agent.thread.state.turns[0]?.status, 'completed');
    const [, second] = agent.server.requests;
    assert.match(JSON.stringify(second!.body.input.at(-1)), /not a JSON object/);
    assert.deepEqual(second!.body.tools, []);
    assertSound();
  });

  it('fails with one clear error where the answer still cannot be read', async () => {
    await start(() => [respond(message('All fine!')), respond(message('Really!'))]);
    await review();
    const [turn] = agent.thread.state.turns;
    assert.equal(turn?.status, 'failed');
    assert.match(turn.error?.message ?? '', /could not be read/);
    assert.equal(reviews()[0]?.status, 'failed');
    assertSound();
  });

  it('ends interrupted when it is stopped', async () => {
    await start(() => [hang()]);
    const ended = review();
    while (agent.server.requests.length === 0) await new Promise((go) => setTimeout(go, 20));
    agent.thread.interrupt();
    await ended;
    assert.equal(agent.thread.state.turns[0]?.status, 'interrupted');
    assert.equal(reviews()[0]?.status, 'interrupted');
    assertSound();
  });

  it('begins no turn where there is nothing to review', async () => {
    await start(() => []);
    git(agent.workspace.path, 'stash', '-qu');
    await assert.rejects(review(), (error: unknown) => {
      assert.ok(error instanceof ReviewTargetError);
      assert.match(error.message, /nothing to review: no uncommitted changes/);
      return true;
    });
    assert.deepEqual(agent.events, []);
  });

  it('lets a finding be put away, also after a restart, and does not say it again', async () => {
    await start((slug) => [
      respond(message(reviewAnswer(answeredFinding(slug, [1, 1])))),
      respond(message(reviewAnswer(answeredFinding(slug, [1, 1])))),
    ]);
    await review();
    const id = openFindings(agent.thread.state)[0]!.finding.id;
    assert.equal(agent.thread.resolveFinding(id, 'dismissed'), true);
    assert.equal(agent.thread.resolveFinding(id, 'sent'), false);
    await review();
    assert.match(
      agent.server.requests[1]!.raw,
      /<reported_before>\\nsrc\/slug\.js:1: Replace every/,
    );
    assert.deepEqual(reviews()[1]?.findings, []);
    await agent.threads.close(agent.thread.id);
    const again = agent.anotherHost().open(agent.thread.id);
    assert.deepEqual(openFindings(again.state), []);
  });

  it('shows the files of a large change and leaves what is too long to the reviewer', async () => {
    await start(() => [respond(message(reviewAnswer()))]);
    agent.workspace.write('big.txt', 'a line that is long enough\n'.repeat(10_000));
    agent.workspace.write('package-lock.json', '{}\n');
    await review();
    const sent = agent.server.requests[0]!.raw;
    assert.match(sent, /add big\.txt \+10000 -0, too long to show here/);
    assert.match(sent, /package-lock\.json \+1 -0, too long to show here/);
    assert.ok(sent.length < 60_000);
    assertSound();
  });
});
