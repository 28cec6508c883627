import assert from 'node:assert/strict';
import { placeWords } from '../../src/protocol/findingWords';
import { openFindings } from '../../src/protocol/openFindings';
import { git, makeRepository } from '../support/gitRepository';
import { answeredFinding, reviewAnswer } from '../support/reviewAnswers';
import { sampleContext } from '../support/sampleContext';
import { message, respond, type Step } from '../support/scriptedServer';
import { startTestThreads, type TestThreads } from '../support/testThreads';

describe('a review of a commit', () => {
  let agent: TestThreads;
  afterEach(() => agent.dispose());

  it('shows what it found on the lines of today, and says where the text is another by now', async () => {
    const steps: Step[] = [];
    agent = await startTestThreads({ 'src/a.js': 'start();\n' }, () => {
      const step = steps.shift();
      assert.ok(step);
      return step;
    });
    const { workspace } = agent;
    makeRepository(workspace.path);
    const commit = (text: string, words: string) => {
      workspace.write('src/a.js', text);
      git(workspace.path, 'commit', '-qam', words);
    };
    commit('start();\nkept();\nlost();\n', 'reviewed');
    const sha = git(workspace.path, 'rev-parse', 'HEAD').trim();
    commit('// header\n// more\nstart();\nkept();\nother();\n', 'later');
    // What is not committed moves lines as well.
    workspace.write('src/a.js', '// mine\n// header\n// more\nstart();\nkept();\nother();\n');

    const at = (line: number, title: string) => ({
      ...answeredFinding(workspace.at('src/a.js'), [line, line]),
      title,
    });
    steps.push(
      respond(message(reviewAnswer(at(2, 'Moved'), at(3, 'Gone')))),
      respond(message('Fixed.')),
    );
    const target = { kind: 'commit', sha } as const;
    await agent.thread.review({ target, instruction: '' }, sampleContext(workspace.path));
    const found = openFindings(agent.thread.state).map(({ finding }) => finding);
    assert.deepEqual(
      found.map(({ title, startLine, then, gone }) => ({ title, startLine, then, gone })),
      [
        { title: 'Moved', startLine: 5, then: { startLine: 2, endLine: 2 }, gone: undefined },
        { title: 'Gone', startLine: 3, then: undefined, gone: true },
      ],
    );
    assert.deepEqual(found.map(placeWords), [
      'line 2 of the commit',
      'in the commit; the file has other text by now',
    ]);
    await agent.ask('Go on.');
    const { raw } = agent.server.requests.at(-1)!;
    assert.match(raw, /src\/a\.js:5 \(line 2 of the commit, major/);
    assert.match(raw, /src\/a\.js:3 \(in the commit; the file has other text by now, major/);
    assert.deepEqual(agent.server.violations, []);
  });
});
