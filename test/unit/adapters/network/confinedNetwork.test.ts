import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { NetworkAccess } from '../../../../src/ports/sandbox';
import type { HostContact } from '../../../../src/protocol/hostContact';
import { firstMatch } from '../../../support/firstMatch';
import { attempt } from '../../../support/network/attempt';
import {
  localDialing,
  startHttpsSite,
  startSite,
  type TestSite,
} from '../../../support/network/proxyClient';
import { ordinaryUser } from '../../../support/ordinaryUser';
import { needsSandbox, useSandboxDesk } from '../../../support/sandboxed';

const support = join(__dirname, '..', '..', '..', 'support', 'network');
const holder = join(support, 'loopbackHolder.entry.js');

describe('a confined command with a network', () => {
  needsSandbox();
  const desk = useSandboxDesk({
    network: { node: process.execPath, holder, dialing: localDialing },
    files: { 'data.txt': 'some data' },
  });
  let site: TestSite;
  let contacts: HostContact[];

  beforeEach(async () => {
    contacts = [];
    site = await startSite((request, response) => {
      if (request.url === '/away') {
        return void response.writeHead(302, { location: 'http://evil.com/taken' }).end();
      }
      request.resume().on('end', () => response.end(`answer to ${request.url}\n`));
    });
  });

  afterEach(() => site.close());

  /** What was contacted, once it is so much: a connection is told of when it has ended. */
  const contacted = async (count: number) => {
    while (contacts.length < count) await delay(10);
    return contacts;
  };

  const network = (...allowedDomains: string[]): NetworkAccess => ({
    allowedDomains,
    onContact: (contact) => contacts.push(contact),
    onUnavailable: (reason) => assert.fail(reason),
  });
  const allowed = () => network(`ok.com:${site.port}`);

  it('reaches an allowed host with curl, and the host is recorded', async () => {
    const { text, exitCode } = await desk().run(`curl -sS http://ok.com:${site.port}/a`, {
      network: allowed(),
    });
    assert.deepEqual({ text, exitCode }, { text: 'answer to /a', exitCode: 0 });
    assert.deepEqual(site.requests, [`GET ok.com:${site.port}/a`]);
    assert.deepEqual(
      (await contacted(1)).map(({ host, outcome, by }) => ({ host, outcome, by })),
      [{ host: 'ok.com', outcome: 'allowed', by: 'setting' }],
    );
  });

  it('opens a tunnel with curl', async () => {
    const { text } = await desk().run(`curl -sS --proxytunnel http://ok.com:${site.port}/b`, {
      network: allowed(),
    });
    assert.equal(text, 'answer to /b');
    assert.equal((await contacted(1))[0]?.method, 'CONNECT');
  });

  it('speaks HTTPS end to end: the certificate is the host’s own, and nothing of it is looked into', async () => {
    const { certificate, ...server } = await startHttpsSite('secret answer');
    writeFileSync(desk().workspace.at('ca.pem'), certificate);
    const { text, exitCode } = await desk().run(
      `curl -sS --cacert ca.pem https://ok.com:${server.port}/ && curl -sS https://ok.com:${server.port}/`,
      { network: network(`ok.com:${server.port}`) },
    );
    await server.close();
    assert.match(text, /^secret answer[^]*certificate/);
    assert.notEqual(exitCode, 0);
    assert.deepEqual(
      (await contacted(2)).map(({ method, outcome }) => `${method} ${outcome}`),
      ['CONNECT allowed', 'CONNECT allowed'],
    );
  });

  it('C04 leads git and npm to the proxy and pins what git runs, whatever proxy their own settings name', async () => {
    const elsewhere = 'http://127.0.0.1:9';
    writeFileSync(desk().home.at('.gitconfig'), `[http]\n\tproxy = ${elsewhere}\n`);
    writeFileSync(desk().workspace.at('.npmrc'), `proxy=${elsewhere}\n`);
    const place = `http://ok.com:${site.port}`;
    const { text } = await desk().run(
      [
        `GIT_TERMINAL_PROMPT=0 git ls-remote ${place}/repository.git`,
        `npm view nothing --registry ${place}/npm/`,
        `echo ended`,
      ].join('; '),
      { network: allowed() },
    );
    assert.match(text, /ended$/);
    const settings = await desk().run('git config log.showSignature; git config http.proxy', {
      network: allowed(),
    });
    assert.match(settings.text, /^false\s+http:\/\/127\.0\.0\.1:\d+$/, 'C04 nothing unpins it');
    const paths = site.requests.map((line) => line.split(`:${site.port}`)[1] ?? '');
    assert.ok(paths.some((path) => path.startsWith('/repository.git/info/refs')));
    assert.ok(paths.some((path) => path.startsWith('/npm/nothing')));
  });

  it('reaches it from a program of its own that knows proxies', async () => {
    const script = `
      const { request } = require('node:http');
      const proxy = new URL(process.env.HTTP_PROXY);
      request({ host: proxy.hostname, port: proxy.port, path: 'http://ok.com:${site.port}/c' }, (answer) => {
        answer.pipe(process.stdout);
      }).end();`;
    const { text } = await desk().run(`node -e '${script.replaceAll("'", `'"'"'`)}'`, {
      network: allowed(),
    });
    assert.equal(text, 'answer to /c');
  });

  it('tells a command which host was refused and how it can be allowed', async () => {
    const { text } = await desk().run('curl -sS http://evil.com/; curl -sS https://evil.com/', {
      network: allowed(),
    });
    assert.match(text, /evil\.com:80 was refused: is not among the allowed domains/);
    assert.match(text, /add evil\.com to tandem\.network\.allowedDomains/);
    assert.match(text, /CONNECT tunnel failed, response 403/);
    assert.deepEqual(
      contacts.map(({ host, port, outcome }) => `${host}:${port} ${outcome}`),
      ['evil.com:80 denied', 'evil.com:443 denied'],
    );
  });

  it('D12 sends nothing to a host it may only read, and follows no redirect to another', async () => {
    const place = `http://ok.com:${site.port}`;
    const { text } = await desk().run(
      `curl -sS -d @data.txt ${place}/ ; curl -sS -T data.txt ${place}/up; curl -sSL ${place}/away`,
      { network: allowed() },
    );
    assert.match(text, /sends data \(POST\)[^]*sends data \(PUT\)[^]*evil\.com:80 was refused/);
    assert.deepEqual(site.requests, [`GET ok.com:${site.port}/away`]);
  });

  it('E05 reaches nothing but through the proxy', async () => {
    const lines = [
      ['curl past the proxy', `curl -m 3 --noproxy '*' http://127.0.0.1:${site.port}/`],
      ['curl to an address', "curl -m 3 --noproxy '*' http://1.1.1.1/"],
      ['curl to a name', "curl -m 3 --noproxy '*' http://example.com/"],
      ['curl without variables', 'env -i curl -m 3 http://example.com/'],
      ['TCP', ': <>/dev/tcp/1.1.1.1/80'],
      ['UDP', 'echo x >/dev/udp/1.1.1.1/53'],
      ['the site itself', `: <>/dev/tcp/127.0.0.1/${site.port}`],
      ['ping', 'ping -c1 -W1 1.1.1.1'],
      [
        'a raw socket',
        `node -e 'require("dgram").createSocket("udp4").send("x", 53, "1.1.1.1", (e) => process.exit(e ? 1 : 0))'`,
      ],
      ['D11 a look-up', 'getent hosts example.com'],
      [
        'D11 a look-up by node',
        `node -e 'require("dns").resolveTxt("example.com", (e) => process.exit(e ? 1 : 0))'`,
      ],
      ['an interface', 'grep -qv -e "lo:" -e "face" -e "Inter" /proc/net/dev'],
      ['a route', 'grep -q . /proc/net/route && tail -n +2 /proc/net/route | grep -q .'],
    ] as const;
    const { text, exitCode } = await desk().run(
      [...lines.map(([what, command]) => attempt(what, command)), 'echo done'].join('\n'),
      { network: allowed() },
    );
    assert.deepEqual({ text, exitCode }, { text: 'done', exitCode: 0 });
    assert.deepEqual(site.requests, []);
  });

  it('E05 finds nothing of the proxy but its port', async () => {
    const connect = `node -e 'require("net").connect(process.argv[1]).on("connect", () => process.exit(0)).on("error", () => process.exit(1))'`;
    const lines = [
      ['a socket of the file system', `test -S open.sock && ${connect} open.sock`],
      [
        'the holder among the processes',
        'cat /proc/[0-9]*/cmdline | tr "\\0" " " | grep -v grep | grep loopbackHolder[.]entry',
      ],
      ['the host through the proxy', 'curl -sf -m 3 --noproxy "*" "$HTTP_PROXY/"'],
      [
        'the own network through the proxy',
        'curl -sf -m 3 --noproxy "*" "$HTTP_PROXY/" -H "Host: 127.0.0.1"',
      ],
      [
        'another proxy protocol',
        'curl -sf -m 3 --socks5-hostname "${HTTP_PROXY#http://}" http://ok.com/',
      ],
    ] as const;
    const server = createServer().listen(desk().workspace.at('open.sock'));
    const { text } = await desk().run(
      [
        ...lines.map(([what, command]) => attempt(what, command)),
        'test -S open.sock && echo done',
      ].join('\n'),
      { network: allowed() },
    );
    server.close();
    assert.equal(text, 'done');
  });

  it('D11 E02 has no proxy and no way out where it has no network', async () => {
    const { text } = await desk().run(
      'env | grep -i proxy; getent hosts ok.com; cat /proc/net/dev | wc -l',
    );
    assert.equal(text, '3');
  });

  it('reaches servers of its own on the loopback without the proxy', async () => {
    const serve = `require("http").createServer((q, r) => r.end("mine")).listen(4567, "127.0.0.1")`;
    const { text } = await desk().run(
      `node -e '${serve}' & for i in 1 2 3 4 5 6 7 8 9 10; do sleep 0.2; curl -s http://localhost:4567/ && break; done; kill %1`,
      { network: allowed() },
    );
    assert.match(text, /^mine/);
    assert.deepEqual(contacts, []);
  });

  it('keeps exit codes, signals, input and the size of the terminal', async () => {
    const codes = [
      ['exit 7', 7],
      ['kill -TERM $$', 143],
      ['kill -KILL $$', 137],
      ['nosuchprogram', 127],
      [`bash -c 'trap "echo cleaned; exit 5" INT; kill -INT $$; exit 1'`, 5],
    ] as const;
    for (const [command, exitCode] of codes) {
      const outcome = await desk().run(command, { network: allowed() });
      assert.equal(outcome.exitCode, exitCode, `${command}: ${outcome.text}`);
    }
    const { text } = await desk().run('stty size; pwd; test -t 0 && echo terminal', {
      network: allowed(),
    });
    assert.equal(text.replaceAll('\r', ''), `30 120\n${desk().workspace.path}\nterminal`);
  });

  it('hands Ctrl-C to the command, which may clean up', async () => {
    const { sandbox, terminals, workspace } = desk();
    await sandbox.check();
    const terminal = await terminals.open({
      ...{ command: `trap 'echo cleaned; exit 5' INT; echo ready; while :; do sleep 0.1; done` },
      ...{ cwd: workspace.path, tty: true },
      confinement: { mode: 'workspace-write', root: workspace.path, network: allowed() },
    });
    await new Promise<void>((resolve) => {
      terminal.onData((data) => data.includes('ready') && resolve());
    });
    terminal.write('\x03');
    const { text, exitCode } = await terminal.take({
      ...{ yieldMs: 10_000, signal: new AbortController().signal },
    });
    assert.match(text, /cleaned/);
    assert.equal(exitCode, 5);
  });

  it('leaves nothing running and nothing behind', async () => {
    const { sandbox, terminals, workspace } = desk();
    await sandbox.check();
    const terminal = await terminals.open({
      ...{ command: 'setsid sleep 4321 & sleep 4321', cwd: workspace.path, tty: false },
      confinement: { mode: 'workspace-write', root: workspace.path, network: allowed() },
    });
    const left = () =>
      execFileSync('sh', ['-c', 'pgrep -fc "[s]leep 4321" || true']).toString().trim();
    while (left() === '0') await new Promise((resolve) => setTimeout(resolve, 20));
    await terminal.kill();
    assert.equal(left(), '0');
  });

  it('closes the way to hosts with the command, for everything in its network', async () => {
    const { sandbox, terminals, workspace } = desk();
    await sandbox.check();
    const confinement = { mode: 'workspace-write', root: workspace.path } as const;
    const terminal = await terminals.open({
      ...{ command: 'echo $HTTP_PROXY; read line', cwd: workspace.path, tty: false },
      confinement: { ...confinement, network: allowed() },
    });
    const address = await firstMatch(terminal, /http:\S+/);
    const fetch = `curl -s -x ${address} http://ok.com:${site.port}/`;
    assert.equal((await desk().run(fetch, { network: network() })).text, 'answer to /');
    await terminal.kill();
    assert.equal((await desk().run(`${fetch}; echo $?`, { network: network() })).text, '7');
  });

  it('asks while the command waits, once for two tries at once, and goes on with the answer', async () => {
    for (const allowed of [true, false]) {
      const asked: string[] = [];
      const send = `curl -sS -d x http://ok.com:${site.port}/`;
      const { text } = await desk().run(`${send} & ${send}; wait`, {
        network: {
          allowedDomains: [`ok.com:${site.port}`],
          ask: async ({ host, method }) => {
            asked.push(`${method} ${host}`);
            await new Promise((resolve) => setTimeout(resolve, 300));
            return { allowed, by: 'user' };
          },
        },
      });
      const answer = allowed ? /^answer to \/\s+answer to \/$/ : /refused by the person/;
      assert.match(text, answer);
      assert.deepEqual(asked, ['POST ok.com']);
    }
  });
});

describe('a confined command with a network of an ordinary user', () => {
  needsSandbox();

  it('E05 reaches what is allowed and nothing else', async () => {
    const entry = join(support, 'runNetworked.entry.js');
    const script = [
      'id -u',
      'curl -sS http://ok.com:$PORT/',
      attempt('another host', 'curl -sf http://evil.com/'),
      attempt('past the proxy', "curl -m 3 --noproxy '*' http://127.0.0.1:$PORT/"),
      attempt('an address', ': <>/dev/tcp/1.1.1.1/80'),
      attempt('an interface', 'ip link add dummy0 type dummy'),
      attempt('another namespace', 'unshare -Urn true'),
    ].join('\n');
    const user = ordinaryUser();
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [entry, holder, `${script}\ntrue`],
      {
        env: { PATH: process.env.PATH ?? '', HOME: '/nonexistent' },
        ...user,
      },
    );
    const uid = user?.uid ?? process.getuid?.();
    assert.deepEqual(JSON.parse(stdout), {
      ...{ text: `${uid}\nthe answer`, exitCode: 0, unavailable: [] },
    });
  });
});

describe('a confined command where no network can be made', () => {
  needsSandbox();
  const desk = useSandboxDesk({
    network: { node: process.execPath, holder: '/nowhere/holder.js' },
  });

  it('runs without one, and it is said why', async () => {
    const reasons: string[] = [];
    const { text, exitCode } = await desk().run(
      'echo ran; cat /proc/net/dev | wc -l; env | grep -ci _proxy=',
      {
        network: { allowedDomains: ['*'], onUnavailable: (reason) => reasons.push(reason) },
      },
    );
    assert.equal(text.replaceAll('\r', ''), 'ran\n3\n0');
    assert.equal(exitCode, 1);
    assert.equal(reasons.length, 1);
    assert.match(reasons[0] ?? '', /nowhere.holder/);
  });
});
