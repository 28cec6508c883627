import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { runHeadless } from '../support/runHeadless';
import { functionCall, message, respond, startScriptedServer } from '../support/scriptedServer';
import { useTempFolder } from '../support/tempFolder';

/** True where system calls of a child can be made to fail. */
function canInject(): boolean {
  const tried = spawnSync('strace', ['-f', '-e', 'trace=fdatasync', 'true'], { stdio: 'ignore' });
  return tried.status === 0;
}

describe('a disk that reports errors', function () {
  this.timeout(120_000);
  const folder = useTempFolder({ 'ws/a.txt': 'a\n' });

  before(function () {
    if (canInject()) return;
    console.warn('      skipped: strace is missing or may not trace, so no disk error can be made');
    this.skip();
  });

  /** Runs a job with one lasting command while `when` fdatasync calls fail with EIO. */
  async function run(when: string) {
    const server = await startScriptedServer([
      respond(functionCall('exec_command', { cmd: 'touch made' }, 'c1')),
      respond(message('Done.')),
    ]);
    const trace = folder().at('trace');
    const inject = ['-f', '-qq', '-o', trace, '-e', `inject=fdatasync:error=EIO:when=${when}`];
    const result = await runHeadless({
      through: ['strace', ...inject, '-e', 'trace=fdatasync'],
      args: ['exec', '--json', '--dangerously-bypass-approvals-and-sandbox', 'go'],
      cwd: folder().at('ws'),
      env: {
        // strace counts the calls of each thread by itself.
        UV_THREADPOOL_SIZE: '1',
        OPENAI_API_KEY: 'k',
        OPENAI_BASE_URL: server.baseUrl,
        TANDEM_HOME: folder().at('home'),
        HOME: folder().at('home'),
      },
    });
    await server.close();
    assert.match(readFileSync(trace, 'utf8'), /EIO/, 'the error was made');
    return result;
  }

  it('lets nothing irreversible begin: the turn ends with a sentence', async () => {
    const result = await run('1+');
    assert.equal(result.code, 1);
    assert.equal(existsSync(folder().at('ws/made')), false);
    assert.match(result.stdout, /could not be made safe on the disk/);
  });

  it('is told of when it strikes at the end of a turn', async () => {
    const result = await run('2+');
    assert.equal(result.code, 0);
    assert.match(result.stdout, /could not be made safe on the disk/);
    assert.ok(existsSync(folder().at('ws/made')));
  });
});
