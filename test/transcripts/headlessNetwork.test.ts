import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { giveToOrdinaryUser, ordinaryUser } from '../support/ordinaryUser';
import { runHeadless } from '../support/runHeadless';
import { needsSandbox } from '../support/sandboxed';
import { functionCall, message, respond, startScriptedServer } from '../support/scriptedServer';
import { useTempFolder } from '../support/tempFolder';

describe('hosts in a run without a person', function () {
  this.timeout(60_000);
  needsSandbox();
  const folder = useTempFolder({ 'ws/a.txt': 'a\n' });

  async function exec(command: string, ...args: readonly string[]) {
    giveToOrdinaryUser(folder().path);
    const server = await startScriptedServer([
      respond(functionCall('exec_command', { cmd: command }, 'c1')),
      respond(message('Done.')),
    ]);
    const result = await runHeadless({
      args: ['exec', '-s', 'workspace-write', ...args, 'go'],
      cwd: folder().at('ws'),
      user: ordinaryUser(),
      env: {
        OPENAI_API_KEY: 'k',
        OPENAI_BASE_URL: server.baseUrl,
        TANDEM_HOME: folder().at('home'),
        HOME: folder().path,
      },
    });
    await server.close();
    return {
      ...result,
      output: server.requests[1]?.outputOf('c1') ?? '',
      first: server.requests[0],
    };
  }

  it('are refused with the host, and with what the person can do, for the model and for them', async () => {
    const { output, stderr, code } = await exec('curl -sS https://evil.test/');
    assert.match(
      output,
      /Network: evil\.test:443 was refused: .*add evil\.test to tandem\.network/,
    );
    assert.match(stderr, /evil\.test:443, for curl.*-c network\.allowedDomains=evil\.test\./);
    assert.equal(code, 0);
  });

  it('E04 are refused where they lead into the own network, though a setting names them', async () => {
    const site = createServer((_request, response) => response.end('inside')).listen(
      0,
      '127.0.0.1',
    );
    await once(site, 'listening');
    const { port } = site.address() as AddressInfo;
    const { output, first } = await exec(
      `curl -sS --noproxy '' http://127.0.0.1:${port}/`,
      ...['-c', `network.allowedDomains=127.0.0.1:${port}`],
    );
    site.close();
    assert.match(output, /leads to 127\.0\.0\.1 is not a public address \(loopback\)/);
    assert.match(JSON.stringify(first), new RegExp(`Allowed domains: 127\\.0\\.0\\.1:${port}`));
  });

  it('E02 are out of reach under never and an empty list, and the model is told so', async () => {
    const { output, first } = await exec(
      'touch x; env | grep -ci _proxy=; curl -sS https://evil.test/',
      '--approval',
      'never',
    );
    assert.match(output, /Output:\n0\r?\n.*Could not resolve host/s);
    assert.match(
      JSON.stringify(first),
      /Commands have no network but a loopback that those of this thread share/,
    );
  });
});
