import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { SharedLoopback } from '../../../../src/adapters/network/sharedLoopback';
import type { Confinement } from '../../../../src/ports/sandbox';
import type { Terminal } from '../../../../src/ports/terminal';
import { firstMatch } from '../../../support/firstMatch';
import { attempt } from '../../../support/network/attempt';
import { localDialing } from '../../../support/network/proxyClient';
import { needsSandbox, useSandboxDesk } from '../../../support/sandboxed';

const support = join(__dirname, '..', '..', '..', 'support', 'network');
const holder = join(support, 'loopbackHolder.entry.js');

const serve = `node -e 'require("http").createServer((q, r) => r.end("mine")).listen(4568, () => console.log("up"))'`;
const visit = 'curl -sS -m 5 http://localhost:4568/';

describe('the loopback of confined commands', () => {
  needsSandbox();
  const desk = useSandboxDesk({
    network: { node: process.execPath, holder, dialing: localDialing, keptMs: 300 },
  });

  async function start(command: string, confinement: Partial<Confinement>): Promise<Terminal> {
    const { sandbox, terminals, workspace } = desk();
    await sandbox.check();
    return terminals.open({
      ...{ command, cwd: workspace.path, tty: false },
      confinement: { mode: 'workspace-write', root: workspace.path, ...confinement },
    });
  }

  it('is one for all that name it, also where no host can be reached, and nobody else gets there', async () => {
    const server = await start(serve, { loopback: 'one' });
    await firstMatch(server, /up/);
    const visits: readonly [Partial<Confinement>, RegExp][] = [
      [{ loopback: 'one' }, /^mine$/],
      [{ loopback: 'one', mode: 'read-only' }, /^mine$/],
      [{ loopback: 'one', network: { allowedDomains: [] } }, /^mine$/],
      [{ loopback: 'two' }, /Failed to connect/],
      [{}, /Failed to connect/],
      [{ network: { allowedDomains: ['*'] } }, /Failed to connect/],
    ];
    for (const [confinement, expected] of visits) {
      const { text } = await desk().run(visit, confinement);
      assert.match(text, expected, JSON.stringify(confinement));
    }
    assert.throws(() => execFileSync('sh', ['-c', visit], { stdio: 'pipe' }), /Failed to connect/);
    await server.kill();
    assert.match((await desk().run(visit, { loopback: 'one' })).text, /Failed to connect/);
  });

  it('is one also for those that start at once, each with a way of its own to hosts', async () => {
    const before = readdirSync('/proc/self/fd').length;
    const runs = Array.from({ length: 12 }, () =>
      desk().run('readlink /proc/self/ns/net; echo $HTTP_PROXY', {
        ...{ loopback: 'one', network: { allowedDomains: [], onUnavailable: assert.fail } },
      }),
    );
    const lines = (await Promise.all(runs)).map(({ text }) => text.split(/\s+/));
    assert.equal(new Set(lines.map(([namespace]) => namespace)).size, 1);
    assert.equal(new Set(lines.map(([, proxy]) => proxy)).size, 12);
    while (holdersOf(process.pid).length > 0) await delay(50);
    assert.ok(readdirSync('/proc/self/fd').length <= before + 2);
  });

  it('is not the machine’s', async () => {
    const ours = createServer().listen(0, '127.0.0.1');
    await once(ours, 'listening');
    const { port } = ours.address() as AddressInfo;
    const { text } = await desk().run(`: <>/dev/tcp/127.0.0.1/${port} && echo LET`, {
      loopback: 'one',
    });
    ours.close();
    assert.match(text, /Connection refused$/);
  });

  it('gives a command no power over it', async () => {
    const lines = [
      ['an address', 'ip addr add 10.0.0.1/8 dev lo'],
      ['taking it down', 'ip link set lo down'],
      ['an interface', 'ip link add dummy0 type dummy'],
      ['the namespace of another', 'nsenter --net=/proc/1/ns/net true'],
      ['a capability', "grep -E 'Cap(Eff|Prm|Bnd):.*[1-9a-f]' /proc/self/status"],
    ] as const;
    const { text } = await desk().run(
      [...lines.map(([what, command]) => attempt(what, command)), 'echo done'].join('\n'),
      { loopback: 'one' },
    );
    assert.equal(text, 'done');
  });

  it('is kept for the next command, let go when nobody came, and made anew where its holder ended', async () => {
    const namespace = async () =>
      (await desk().run('readlink /proc/self/ns/net', { loopback: 'one' })).text;
    const first = await namespace();
    assert.equal(await namespace(), first);
    execFileSync('kill', ['-9', ...holdersOf(process.pid)]);
    while (holdersOf(process.pid).length > 0) await delay(10);
    const { text } = await desk().run('echo ran; env | grep -c ^HTTP_PROXY', {
      ...{ loopback: 'one', network: { allowedDomains: [], onUnavailable: assert.fail } },
    });
    assert.equal(text.replaceAll('\r', ''), 'ran\n1');
    assert.equal(holdersOf(process.pid).length, 1);
    while (holdersOf(process.pid).length > 0) await delay(50);
    assert.match(await namespace(), /^net:/);
  });

  it('ends with whoever made it, however that ended', async () => {
    const entry = join(support, 'runNetworked.entry.js');
    const child = spawn(process.execPath, [entry, holder, 'sleep 4322'], {
      env: { PATH: process.env.PATH ?? '' },
    });
    while (holdersOf(child.pid ?? 0).length === 0) await delay(20);
    const [pid] = holdersOf(child.pid ?? 0);
    child.kill('SIGKILL');
    while (existsSync(`/proc/${pid}`)) await delay(20);
  });

  it('is refused where what is to be joined is not what was made', async () => {
    const ours = { net: namespaceOf('net'), user: namespaceOf('user') };
    for (const claimed of [
      // The holder has ended, and its process id is another's.
      `{ net: ns('net'), user: ns('user') }`,
      // The network of the machine.
      JSON.stringify(ours),
    ]) {
      const liar = desk().workspace.write(
        'liar.js',
        `const ns = (kind) => require('fs').readlinkSync('/proc/self/ns/' + kind);
        process.on('disconnect', () => process.exit());
        process.send({ kind: 'ready', pid: ${process.pid}, namespaces: ${claimed} });`,
      );
      const programs = { bubblewrap: '/usr/bin/bwrap', nsenter: '/usr/bin/nsenter' };
      await assert.rejects(
        SharedLoopback.open({ ...programs, node: process.execPath, holder: liar }),
        /not the one that was made/,
      );
    }
  });
});

/** Process ids of what this process started to hold a network. */
function holdersOf(pid: number): string[] {
  const found = spawnSync('pgrep', ['-P', String(pid), '-f', 'unshare-net.*loopbackHolder']);
  return found.stdout.toString().split('\n').filter(Boolean);
}

function namespaceOf(kind: string): string {
  return readlinkSync(`/proc/self/ns/${kind}`);
}
