import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as nodePty from 'node-pty';
import { createPtyTerminals } from '../../src/adapters/pty/ptyTerminals';
import {
  createBubblewrapSandbox,
  type OwningSandbox,
} from '../../src/adapters/sandbox/bubblewrapSandbox';
import { denyingApprover } from '../../src/headless/denyingApprover';
import type { Approval, Decision } from '../../src/protocol/approvals';
import type { ThreadEvent } from '../../src/protocol/events';
import type { TurnContext } from '../../src/protocol/turnContext';
import type { ThreadPorts } from '../../src/threads/threadPorts';
import { localDialing, startSite, type TestSite } from '../support/network/proxyClient';
import { needsSandbox } from '../support/sandboxed';
import { functionCall, message, respond, type Script } from '../support/scriptedServer';
import { makeTempFolder, type TempFolder } from '../support/tempFolder';
import { startTestThreads, type TestThreads } from '../support/testThreads';
import { assertStreamInvariants } from '../support/threadInvariants';

const holder = join(__dirname, '..', 'support', 'network', 'loopbackHolder.entry.js');

describe('hosts that commands of a turn want to reach', () => {
  needsSandbox();
  let agent: TestThreads;
  let site: TestSite;
  let state: TempFolder;
  let sandbox: OwningSandbox;

  beforeEach(async () => {
    site = await startSite((request, response) => {
      request.resume().on('end', () => response.end('the answer'));
    });
    state = makeTempFolder();
    sandbox = createBubblewrapSandbox({
      stateFolder: state.path,
      network: { node: process.execPath, holder, dialing: localDialing },
    });
  });

  afterEach(async () => {
    await agent.dispose();
    sandbox.dispose();
    state.remove();
    await site.close();
  });

  async function start(script: Script, ports: Partial<ThreadPorts> = {}): Promise<void> {
    agent = await startTestThreads({}, script, () => ({
      sandbox,
      terminals: (cwd) =>
        createPtyTerminals({
          ...{ cwd, sandbox, shell: '/bin/bash', loadPty: () => nodePty },
          environment: async () => ({ PATH: process.env.PATH ?? '', HOME: state.path }),
        }),
      ...ports,
    }));
  }

  /** Sending asks also where reading is allowed, which leaves the port to the test. */
  const sending = () => `curl -sS -d x http://ok.com:${site.port}/`;
  const call = (cmd: string, id: string, more = {}) =>
    functionCall('exec_command', { cmd, ...more }, id);
  const ask = (changes: Partial<TurnContext> = {}) =>
    agent.ask('go', {
      ...{ approvalPolicy: 'on-request', sandboxMode: 'workspace-write' },
      allowedDomains: [`ok.com:${site.port}`],
      ...changes,
    });

  /** Answers the questions one after the other; answers what was asked. */
  function answer(...decisions: Decision[]): Approval[] {
    const asked: Approval[] = [];
    agent.thread.onEvent((event) => {
      if (event.type !== 'approval.requested') return;
      asked.push(event.approval);
      const decision = decisions.shift();
      assert.ok(decision, 'an unexpected question');
      setTimeout(() => agent.thread.resolveApproval(event.approval.id, decision), 50);
    });
    return asked;
  }

  const contacts = () =>
    agent.events.flatMap((event) => (event.type === 'host.contacted' ? [event.contact] : []));
  const output = (request: number, id: string) => agent.server.requests[request]!.outputOf(id)!;
  const position = (test: (event: ThreadEvent) => boolean) => agent.events.findIndex(test);

  it('are asked about while the command runs, and it goes on with the answer', async () => {
    await start([respond(call(sending(), 'c1')), respond(message('Done.'))]);
    const asked = answer('approve');
    await ask();
    assert.match(output(1, 'c1'), /the answer[^]*From outside the workspace: ok\.com\./);
    assert.deepEqual(asked[0]?.subject, {
      ...{ kind: 'network', host: 'ok.com', port: site.port, command: sending() },
    });
    assert.deepEqual(asked[0]?.reasons, ['sends data (POST)']);
    const order = [
      position((event) => event.type === 'item.started' && event.item.id === asked[0]?.itemId),
      position(({ type }) => type === 'approval.requested'),
      position(({ type }) => type === 'approval.resolved'),
      position((event) => event.type === 'item.completed' && event.item.id === asked[0]?.itemId),
    ];
    assert.deepEqual(
      order,
      [...order].sort((one, other) => one - other),
    );
    assert.deepEqual(
      contacts().map(({ host, outcome, by }) => ({ host, outcome, by })),
      [{ host: 'ok.com', outcome: 'allowed', by: 'user' }],
    );
    assertStreamInvariants(agent.events);
  });

  it('are asked about once per command, and once per thread where that was approved', async () => {
    await start([
      respond(call(`${sending()}; ${sending()}`, 'c1')),
      respond(call(sending(), 'c2')),
      respond(call(sending(), 'c3')),
      respond(message('Done.')),
    ]);
    const asked = answer('approve', 'approveForThread');
    await ask();
    assert.equal(asked.length, 2);
    assert.equal(asked[0]?.grant, `ok.com:${site.port}, sending included, in every command`);
    assert.equal(site.requests.length, 4);
    assert.deepEqual(
      contacts().map(({ by }) => by),
      ['user', 'user', 'user', 'grant'],
    );
  });

  it('are not needed for a server that an earlier command of the thread started', async () => {
    const serve = `node -e 'require("http").createServer((q, r) => r.end("from the server")).listen(4571, () => console.log("up"))'`;
    const visit = 'until curl -sf http://localhost:4571/; do sleep 0.1; done';
    for (const approvalPolicy of ['on-request', 'never'] as const) {
      await start([
        respond(call(serve, 'c1', { yield_time_ms: 500 })),
        respond(call(visit, 'c2')),
        respond(message('It answers.')),
      ]);
      await ask({ approvalPolicy, allowedDomains: [] });
      assert.match(output(1, 'c1'), /session ID/);
      assert.match(output(2, 'c2'), /from the server/);
      assert.deepEqual(contacts(), []);
      if (approvalPolicy === 'on-request') await agent.dispose();
    }
  });

  it('are refused where the person says no, and the model is told', async () => {
    await start([respond(call(sending(), 'c1')), respond(message('Then not.'))]);
    answer('deny');
    await ask();
    assert.match(output(1, 'c1'), /Network: ok\.com:\d+ was refused by the person\./);
    assert.deepEqual(site.requests, []);
    assertStreamInvariants(agent.events);
  });

  it('are refused without a question under the policy never, with the setting that helps', async () => {
    await start([
      respond(call('curl -sS https://evil.com/', 'c1')),
      respond(call(`curl -sS http://ok.com:${site.port}/`, 'c2')),
      respond(message('Done.')),
    ]);
    answer();
    await ask({ approvalPolicy: 'never' });
    assert.match(
      output(1, 'c1'),
      /Network: evil\.com:443 was refused: is not among the allowed domains\. The person can add evil\.com to tandem\.network\.allowedDomains\./,
    );
    assert.match(output(2, 'c2'), /the answer/);
  });

  it('are refused where nobody is there to be asked', async () => {
    await start([respond(call('curl -sS https://evil.com/', 'c1')), respond(message('Done.'))], {
      approver: denyingApprover,
    });
    await ask();
    assert.match(output(1, 'c1'), /evil\.com:443 was refused: .*allowedDomains/);
    assert.ok(agent.events.some((event) => event.type === 'approval.requested'));
    assertStreamInvariants(agent.events);
  });

  it('E02 cannot be reached at all under never and an empty list', async () => {
    await start([
      respond(call('env | grep -ci _proxy=; cat /proc/net/dev | wc -l', 'c1')),
      respond(message('Done.')),
    ]);
    await ask({ approvalPolicy: 'never', allowedDomains: [] });
    assert.match(output(1, 'c1'), /Output:\n0\r?\n3/);
  });

  it('are not to be reached by a command that was taken for reading only', async () => {
    await start([
      respond(call('ls', 'c1')),
      respond(call('touch made', 'c2')),
      respond(message('Done.')),
    ]);
    const networks: boolean[] = [];
    const confine = sandbox.confine.bind(sandbox);
    sandbox.confine = (program, confinement) => {
      networks.push(confinement.network !== undefined);
      return confine(program, confinement);
    };
    await ask();
    assert.deepEqual(networks, [false, true]);
  });

  it('keep their question with an item that is not over, however soon the call was to return', async () => {
    await start([
      respond(call(`sleep 0.3; ${sending()}`, 'c1', { yield_time_ms: 250 })),
      respond(functionCall('write_stdin', { session_id: 1, yield_time_ms: 5000 }, 'c2')),
      respond(message('Done.')),
    ]);
    answer('approve');
    await ask();
    assert.match(`${output(1, 'c1')} ${output(2, 'c2')}`, /the answer/);
    assertStreamInvariants(agent.events);
  });

  it('are refused between turns, and what waits is resolved with the turn', async () => {
    await start([
      respond(call(`sleep 0.6; ${sending()} >out.txt 2>&1`, 'c1', { yield_time_ms: 250 })),
      respond(message('It runs.')),
    ]);
    answer();
    await ask();
    while (contacts().length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(contacts()[0]?.outcome, 'denied');
    assert.deepEqual(site.requests, []);
  });

  it('leave no question open where the person stops the turn', async () => {
    await start([respond(call(sending(), 'c1')), respond(message('Never said.'))]);
    agent.thread.onEvent((event) => {
      if (event.type === 'approval.requested') setTimeout(() => agent.thread.interrupt(), 20);
    });
    await ask();
    assert.equal(agent.thread.state.turns[0]?.status, 'interrupted');
    assert.deepEqual(agent.thread.state.approvals, []);
    assertStreamInvariants(agent.events);
    assert.deepEqual(site.requests, []);
  });

  it('are not asked about again after the host ended: the command ended with it', async () => {
    await start([respond(call(sending(), 'c1')), respond(message('Never said.'))]);
    const asked = new Promise<void>((resolve) => {
      agent.thread.onEvent((event) => event.type === 'approval.requested' && resolve());
    });
    void ask();
    await asked;
    await agent.threads.dispose();
    const reopened = agent.anotherHost().open(agent.thread.id);
    assert.deepEqual(reopened.state.approvals, []);
    assert.notEqual(reopened.state.turns[0]?.status, 'running');
    assert.deepEqual(site.requests, []);
  });
});
