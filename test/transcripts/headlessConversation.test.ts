import assert from 'node:assert/strict';
import { functionCall, message, respond, startScriptedServer } from '../support/scriptedServer';
import { runHeadless } from '../support/runHeadless';
import { useTempFolder } from '../support/tempFolder';

const asking = functionCall(
  'request_user_input',
  {
    questions: [
      {
        id: 'store',
        header: 'Store',
        question: 'Where is the cache to live?',
        options: [
          { label: 'Redis', description: 'Runs already.' },
          { label: 'Memory', description: 'Lost at a restart.' },
        ],
      },
    ],
  },
  'c1',
);

describe('tandem exec without a person', () => {
  const folder = useTempFolder({ 'ws/notes.md': 'first\n' });

  it('answers questions by policy at once and prints the plan of mode plan', async () => {
    const server = await startScriptedServer([
      respond(asking),
      respond(message('1. Cache in memory, assumed.')),
    ]);
    try {
      const result = await runHeadless({
        args: ['exec', '--mode', 'plan', 'cache it'],
        cwd: folder().at('ws'),
        env: {
          OPENAI_API_KEY: 'sk-canary',
          OPENAI_BASE_URL: server.baseUrl,
          HOME: folder().path,
          TANDEM_HOME: folder().at('state'),
        },
      });
      assert.equal(result.code, 0);
      assert.equal(result.stdout, '1. Cache in memory, assumed.\n');
      assert.match(result.stderr, /\? Where is the cache to live\?/);
      const output = server.requests[1]!.outputOf('c1')!;
      assert.match(output, /Nobody can be asked here\. Choose the most reasonable option/);
      assert.deepEqual(server.violations, []);
    } finally {
      await server.close();
    }
  });
});
