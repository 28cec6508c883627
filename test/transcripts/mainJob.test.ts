import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { assertGolden } from '../support/goldenText';
import { maskUnstable, printEvents, printRequests } from '../support/printTranscript';
import { customCall, functionCall, message, reasoning, respond } from '../support/scriptedServer';
import { startTestThreads, type TestThreads } from '../support/testThreads';

const slug = "exports.slug = (s) => s.trim().toLowerCase().replace(' ', '-');\n";
const test = `const { slug } = require('./src/slug');
if (slug('a b c') !== 'a-b-c') { console.log('FAIL ' + slug('a b c')); process.exit(1); }
console.log('ok');
`;
const plan = (...statuses: string[]) => ({
  plan: ['See it fail', 'Fix it', 'See it pass'].map((step, index) => ({
    step,
    status: statuses[index],
  })),
});
const patch = `*** Begin Patch
*** Update File: src/slug.js
@@
-exports.slug = (s) => s.trim().toLowerCase().replace(' ', '-');
+exports.slug = (s) => s.trim().toLowerCase().replaceAll(' ', '-');
*** End Patch`;

describe('the main job', () => {
  let agent: TestThreads;
  afterEach(() => agent.dispose());

  it('fixes a bug: preamble, plan, failing test, patch, shell edit, passing test, cited answer', async () => {
    agent = await startTestThreads(
      {
        'src/slug.js': slug,
        'test.js': test,
        'notes.md': 'slug: first space only\n',
        'AGENTS.md': 'Be brief.\n',
      },
      [
        respond(
          reasoning('**Looking at the code**'),
          message("I'll read `slug` and run its test.", { phase: 'commentary' }),
          functionCall('update_plan', plan('in_progress', 'pending', 'pending'), 'c1'),
          functionCall('exec_command', { cmd: 'cat src/slug.js' }, 'c2'),
          functionCall('exec_command', { cmd: 'node test.js' }, 'c4'),
          functionCall('rg', { pattern: 'slug', glob: '*.md' }, 'c3'),
        ),
        respond(
          message('`replace` only touches the first match.', { phase: 'commentary' }),
          customCall('apply_patch', patch, 'c5'),
          functionCall(
            'exec_command',
            { cmd: "sed -i 's/first space only/every space/' notes.md" },
            'c6',
          ),
          functionCall('exec_command', { cmd: 'node test.js' }, 'c7'),
          functionCall('update_plan', plan('completed', 'completed', 'completed'), 'c8'),
        ),
        respond(message('`slug` replaces every space (src/slug.js:1).', { phase: 'final_answer' })),
      ],
    );
    await agent.ask('slug() only replaces the first space; fix it');
    assert.deepEqual(agent.server.violations, []);
    assert.match(readFileSync(agent.workspace.at('src/slug.js'), 'utf8'), /replaceAll/);
    const text = `${printEvents(agent.events)}\n\n${printRequests(agent.server.requests)}`;
    assertGolden('mainJob', maskUnstable(text, agent.workspace.path));
    const [first, ...rest] = agent.server.requests;
    for (const later of rest) assertPrefix(first!.body.input, later.body.input);
  });
});

/** The earlier input is the beginning of the later one, byte for byte. */
function assertPrefix(earlier: readonly unknown[], later: readonly unknown[]): void {
  assert.equal(JSON.stringify(later.slice(0, earlier.length)), JSON.stringify(earlier));
}
