import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { giveToOrdinaryUser, ordinaryUser } from '../support/ordinaryUser';
import { runHeadless } from '../support/runHeadless';
import {
  functionCall,
  message,
  respond,
  startScriptedServer,
  type Script,
} from '../support/scriptedServer';
import { useTempFolder } from '../support/tempFolder';

const job: Script = [
  respond(functionCall('exec_command', { cmd: 'touch made' }, 'c1')),
  respond(message('Done.')),
];

describe('a folder without permission', function () {
  this.timeout(60_000);
  const folder = useTempFolder({ 'ws/a.txt': 'a\n' });

  /** Runs the agent as somebody for whom permissions count, whoever runs the tests. */
  async function exec(script: Script, args: readonly string[], home = 'home') {
    giveToOrdinaryUser(folder().path);
    const server = await startScriptedServer(script);
    const result = await runHeadless({
      args: ['exec', ...args, '--dangerously-bypass-approvals-and-sandbox', '--json', 'go'],
      cwd: folder().at('ws'),
      user: ordinaryUser(),
      env: {
        OPENAI_API_KEY: 'k',
        OPENAI_BASE_URL: server.baseUrl,
        TANDEM_HOME: folder().at(home),
        HOME: folder().path,
      },
    });
    await server.close();
    assert.deepEqual(server.violations, []);
    return { ...result, server };
  }

  it('for its state lets nothing begin and says why; the same run goes well once there is permission', async () => {
    mkdirSync(folder().at('home'));
    chmodSync(folder().at('home'), 0o500);
    const refused = await exec(job, []);
    assert.equal(refused.code, 1);
    assert.match(
      refused.stdout + refused.stderr,
      /could not be stored because there is no permission/,
    );
    assert.equal(refused.server.requests.length, 0);
    assert.equal(existsSync(folder().at('ws/made')), false);
    chmodSync(folder().at('home'), 0o700);
    assert.equal((await exec(job, [])).code, 0);
    assert.ok(existsSync(folder().at('ws/made')));
  });

  it('for its threads keeps them as they are, and others elsewhere go on', async () => {
    assert.equal((await exec(job, [])).code, 0);
    const threads = folder().at('home/threads');
    const journal = folder().at(
      'home/threads',
      readdirSync(threads).find((name) => name.endsWith('.jsonl'))!,
    );
    const before = readFileSync(journal);
    chmodSync(threads, 0o500);
    const refused = await exec(job, ['resume', '--last']);
    assert.equal(refused.code, 1);
    assert.match(refused.stdout + refused.stderr, /because there is no permission/);
    assert.deepEqual(readFileSync(journal), before);
    assert.equal((await exec(job, [], 'otherHome')).code, 0);
    chmodSync(threads, 0o700);
    const resumed = await exec([respond(message('Back.'))], ['resume', '--last']);
    assert.equal(resumed.code, 0);
    assert.ok(resumed.server.requests[0]!.outputOf('c1') !== undefined, 'nothing was lost');
  });

  it('to work in is told to the model, and the thread goes on when it can be entered', async () => {
    const locking: Script = [
      respond(functionCall('exec_command', { cmd: 'chmod 0 .' }, 'c1')),
      respond(functionCall('exec_command', { cmd: 'ls' }, 'c2')),
      respond(message('Done.')),
    ];
    const { code, server } = await exec(locking, []);
    chmodSync(folder().at('ws'), 0o700);
    assert.equal(code, 0);
    assert.match(server.requests[2]!.outputOf('c2')!, /cannot be entered/);
    const resumed = await exec([respond(message('Back.'))], ['resume', '--last']);
    assert.equal(resumed.code, 0);
  });
});
