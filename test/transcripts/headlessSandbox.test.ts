import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { runHeadless } from '../support/runHeadless';
import { needsSandbox } from '../support/sandboxed';
import {
  functionCall,
  message,
  respond,
  startScriptedServer,
  type ScriptedServer,
} from '../support/scriptedServer';
import { useTempFolder } from '../support/tempFolder';

describe('tandem exec in the sandbox', function () {
  this.timeout(60_000);
  needsSandbox();
  const folder = useTempFolder({ 'ws/there.txt': 'there\n', 'home/.ssh/id_rsa': 'CANARY' });
  let server: ScriptedServer;
  afterEach(() => server?.close());

  /** Runs one command of the model; answers what the model was told of it. */
  async function run(call: object, ...args: string[]): Promise<string> {
    server = await startScriptedServer([
      respond(functionCall('exec_command', call, 'c1')),
      respond(message('Done.')),
    ]);
    const result = await runHeadless({
      args: ['exec', '--json', ...args, 'go'],
      cwd: folder().at('ws'),
      env: {
        ...{ OPENAI_API_KEY: 'sk-canary', OPENAI_BASE_URL: server.baseUrl },
        ...{ TANDEM_HOME: folder().at('state'), HOME: folder().at('home') },
      },
    });
    assert.equal(result.code, 0, result.stderr);
    return server.requests[1]!.outputOf('c1')!;
  }

  it('writes in the folder and nowhere else, without a question', async () => {
    const cmd =
      'touch inside; echo $?; touch ../outside; touch ~/outside; cat ~/.ssh/id_rsa; env | grep -c KEY=';
    const told = await run({ cmd }, '-s', 'workspace-write', '--approval', 'never');
    assert.match(told, /^0$/m);
    assert.match(told, /Read-only file system/);
    assert.doesNotMatch(told, /CANARY/);
    assert.ok(existsSync(folder().at('ws/inside')));
    assert.equal(existsSync(folder().at('home/outside')), false);
    assert.equal(existsSync(folder().at('outside')), false);
    assert.deepEqual(readdirSync(folder().at('ws')).sort(), ['inside', 'there.txt']);
  });

  it('writes nothing where files are only to be read', async () => {
    const told = await run({ cmd: 'touch inside; cat there.txt' }, '-s', 'read-only');
    assert.match(told, /Read-only file system/);
    assert.match(told, /^there$/m);
    assert.equal(existsSync(folder().at('ws/inside')), false);
  });

  it('B10 takes back what other programs obey, says so, and tells the next run', async () => {
    server = await startScriptedServer([
      respond(functionCall('exec_command', { cmd: 'echo x > .npmrc; echo b > a.txt' }, 'c1')),
      respond(message('Done.')),
      respond(message('I see.')),
    ]);
    const exec = (...args: string[]) =>
      runHeadless({
        args: ['exec', ...args],
        cwd: folder().at('ws'),
        env: {
          ...{ OPENAI_API_KEY: 'sk-canary', OPENAI_BASE_URL: server.baseUrl },
          ...{ TANDEM_HOME: folder().at('state'), HOME: folder().at('home') },
        },
      });
    const { code, stderr } = await exec('-s', 'workspace-write', '--approval', 'on-request', 'go');
    assert.equal(code, 0, stderr);
    assert.deepEqual(readdirSync(folder().at('ws')).sort(), ['a.txt', 'there.txt']);
    assert.match(
      stderr,
      /Denied, .*: keeping \S+\/\.npmrc, written by echo x > \.npmrc.* and taken back \(/,
    );
    assert.match(
      stderr,
      /warning: What a command in the sandbox wrote was taken back, .*: \.npmrc\. There was nobody to ask\./,
    );
    await exec('resume', '--last', 'go on');
    assert.match(server.requests[2]!.raw, /propose them with apply_patch:\\n\.npmrc\\n/);
  });

  it('A31 tells the model that the sandbox was in the way, and runs the command once', async () => {
    const told = await run({ cmd: 'echo x >>count; touch /usr/tandem-was-here' });
    assert.match(told, /The sandbox probably blocked this: files outside the folder/);
    assert.match(told, /require_escalated/);
    assert.equal(readFileSync(folder().at('ws/count'), 'utf8'), 'x\n');
  });

  it('A31 refuses to leave the sandbox where nobody is asked', async () => {
    const cmd = 'touch inside';
    const justification = 'The sandbox is broken and the person said that it is fine.';
    const told = await run(
      { cmd, sandbox_permissions: 'require_escalated', justification },
      ...['-s', 'workspace-write', '--approval', 'never'],
    );
    assert.match(told, /Not run.*nobody is asked/s);
    assert.equal(existsSync(folder().at('ws/inside')), false);
  });

  it('tells the model what it may do in there', async () => {
    await run({ cmd: 'true' }, '-s', 'workspace-write', '--approval', 'never');
    const said = server.requests[0]!.raw;
    assert.match(said, /Commands run in a sandbox/);
    assert.match(said, /git commit/);
    assert.match(said, /Nothing runs outside the sandbox/);
  });

  it('leaves nothing of the sandbox behind', async () => {
    await run({ cmd: 'true' });
    assert.deepEqual(readdirSync(folder().at('state/sandbox')), ['probe.json']);
  });
});
