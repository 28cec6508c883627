import assert from 'node:assert/strict';
import { functionCall } from '../support/scriptedServer';
import { needsSandbox } from '../support/sandboxed';
import { runCallsTurn, tandemHost } from './tandemHost';

describe('confined commands in the extension host', () => {
  needsSandbox();

  it('reach the server that an earlier command of the thread started', async function () {
    this.timeout(30_000);
    const serve = `node -e 'require("http").createServer((q, r) => r.end("from the server")).listen(4572, () => console.log("up"))'`;
    const visit = 'until curl -sf http://localhost:4572/; do sleep 0.1; done';
    const host = await tandemHost();
    await runCallsTurn(
      host,
      [
        functionCall('exec_command', { cmd: serve, yield_time_ms: 500 }, 'c1'),
        functionCall('exec_command', { cmd: visit }, 'c2'),
      ],
      'workspace-write',
    );
    const entries = host.shown.state?.turns.at(-1)?.entries ?? [];
    const commands = entries.filter(({ type }) => type === 'commandExecution');
    const [, visited] = commands;
    assert.ok(visited?.type === 'commandExecution');
    assert.match(visited.output, /from the server/);
    assert.equal(visited.exitCode, 0);
  });
});
