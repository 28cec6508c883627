import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { whyNotPublic } from '../../../../src/adapters/network/publicAddress';
import {
  localDialing,
  startProxy,
  startSite,
  type TestProxy,
  type TestSite,
} from '../../../support/network/proxyClient';

describe('createForwardProxy', () => {
  let site: TestSite;
  let proxy: TestProxy;
  let headers: Record<string, unknown>;
  let body: string;

  beforeEach(async () => {
    site = await startSite((request, response) => {
      headers = { ...request.headers };
      body = '';
      if (request.url === '/away') {
        return void response.writeHead(302, { location: 'http://evil.com/taken' }).end();
      }
      request.on('data', (data: Buffer) => (body += data.toString()));
      request.on('end', () => {
        const ofOneHop = { 'keep-alive': 'timeout=9', connection: 'x-hop', 'x-hop': '1' };
        response.writeHead(200, { 'x-mine': 'yes', ...(request.url === '/hop' && ofOneHop) });
        response.end('the answer');
      });
    });
    const { port } = site;
    proxy = await startProxy({
      allowedDomains: [`ok.com:${port}`, `write:post.com:${port}`, 'ok.com'],
    });
  });

  afterEach(async () => {
    await proxy.close();
    await site.close();
  });

  const get = (url: string, ...lines: string[]) =>
    proxy.say(
      [`GET ${url} HTTP/1.1`, 'Host: whatever', 'Connection: close', ...lines, '', ''].join('\r\n'),
    );

  it('fetches from an allowed host, and records how much went each way', async () => {
    const answer = await get(`http://OK.com:${site.port}/a?b=c`);
    assert.match(answer, /^HTTP\/1\.1 200 /);
    assert.match(answer, /the answer/);
    assert.deepEqual(site.requests, [`GET ok.com:${site.port}/a?b=c`]);
    const [contact] = proxy.contacts;
    assert.ok(contact && contact.sentBytes > 0 && contact.receivedBytes > 0);
    const { host, port, method, outcome, by, address } = contact;
    assert.deepEqual(
      { host, port, method, outcome, by, address },
      {
        host: 'ok.com',
        port: site.port,
        method: 'GET',
        outcome: 'allowed',
        by: 'setting',
        address: '127.0.0.1',
      },
    );
  });

  it('hands on no header of one connection, and adds none of the person', async () => {
    const answer = await get(
      `http://ok.com:${site.port}/hop`,
      'Proxy-Authorization: Basic c2VjcmV0',
      'Proxy-Connection: keep-alive',
      'Connection: X-Drop',
      'X-Drop: 1',
      'TE: trailers',
      'Upgrade: websocket',
      'X-Keep: 1',
    );
    assert.deepEqual(headers, { host: `ok.com:${site.port}`, 'x-keep': '1', connection: 'close' });
    assert.match(answer, /x-mine: yes/);
    assert.doesNotMatch(answer, /x-hop|timeout=9/);
  });

  it('opens a tunnel to an allowed host and port', async () => {
    const answer = await proxy.say(
      `CONNECT ok.com:${site.port} HTTP/1.1\r\nHost: ok.com\r\n\r\n`,
      'GET /inside HTTP/1.1\r\nHost: ok.com\r\nConnection: close\r\n\r\n',
    );
    assert.match(
      answer,
      /^HTTP\/1\.1 200 Connection established\r\n\r\nHTTP\/1\.1 200 OK[^]*the answer/,
    );
    assert.equal(proxy.contacts[0]?.method, 'CONNECT');
    assert.equal(proxy.contacts[0].outcome, 'allowed');
    assert.ok(proxy.contacts[0].receivedBytes > 10);
  });

  it('refuses another host with words that name it and the setting', async () => {
    const expected =
      /^HTTP\/1\.1 403 [^]*evil\.com:443 was refused[^]*tandem\.network\.allowedDomains/;
    assert.match(await proxy.say('CONNECT evil.com:443 HTTP/1.1\r\n\r\n'), expected);
    assert.match(await get('http://evil.com/'), /^HTTP\/1\.1 403 [^]*evil\.com:80 was refused/);
    assert.deepEqual(
      proxy.contacts.map(({ outcome, by }) => `${outcome} by ${by}`),
      ['denied by policy', 'denied by policy'],
    );
    assert.deepEqual(site.requests, []);
  });

  it('D12 sends nothing by plain HTTP unless the person allowed it', async () => {
    const post = (host: string) =>
      proxy.say(
        `POST http://${host}:${site.port}/ HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello`,
      );
    assert.match(await post('ok.com'), /^HTTP\/1\.1 403 /);
    assert.match(await post('post.com'), /^HTTP\/1\.1 200 /);
    assert.equal(body, 'hello');
    const bodied = `GET http://ok.com:${site.port}/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n`;
    assert.match(await proxy.say(bodied), /^HTTP\/1\.1 403 /);
    assert.equal(site.requests.length, 1);
  });

  it('closes over a refused upload only when it has been sent: before, the answer could be lost', async () => {
    const socket = connect(proxy.socketPath);
    const ended = once(socket, 'end');
    socket.write(
      `POST http://ok.com:${site.port}/ HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n`,
    );
    const [answer] = (await once(socket, 'data')) as [Buffer];
    assert.match(answer.toString(), /^HTTP\/1\.1 403 [^]*sends data/);
    assert.equal(await Promise.race([ended.then(() => 'closed'), sleep(200, 'open')]), 'open');
    socket.write('hello');
    await ended;
    assert.deepEqual(site.requests, []);
  });

  it('D12 hands a redirect back instead of following it, and judges the next host anew', async () => {
    assert.match(
      await get(`http://ok.com:${site.port}/away`),
      /302[^]*location: http:\/\/evil\.com/i,
    );
    assert.match(await get('http://evil.com/taken'), /^HTTP\/1\.1 403 /);
  });

  const odd = [
    ...[
      'evil.com\0.ok.com:443',
      'user@ok.com:443',
      '2130706433:443',
      '0x7f.1:443',
      'ok.com:0',
      'ok.com',
    ],
    ...[
      '[::ffff:7f00:1]:443',
      'ok.com:443/x',
      'localhost:443',
      'o\u00fck.com:443',
      'ok.com%2f:443',
    ],
  ];
  for (const authority of odd) {
    it(`E03 opens no tunnel to ${JSON.stringify(authority)}`, async () => {
      const answer = await proxy.say(`CONNECT ${authority} HTTP/1.1\r\n\r\n`);
      assert.match(answer, /^HTTP\/1\.1 40[03] /);
    });
  }

  it('E03 forwards nothing whose address or framing can be read in two ways', async () => {
    const { port } = site;
    const bad = [
      `GET http://ok.com:${port}@evil.com/ HTTP/1.1\r\nHost: x\r\n\r\n`,
      `GET http://user@ok.com:${port}/ HTTP/1.1\r\nHost: x\r\n\r\n`,
      `GET http://ok.com:${port}\\@evil.com/ HTTP/1.1\r\nHost: x\r\n\r\n`,
      `GET http://2130706433:${port}/ HTTP/1.1\r\nHost: x\r\n\r\n`,
      `GET https://ok.com:${port}/ HTTP/1.1\r\nHost: x\r\n\r\n`,
      `GET /local HTTP/1.1\r\nHost: ok.com:${port}\r\n\r\n`,
      `TRACE http://ok.com:${port}/ HTTP/1.1\r\nHost: x\r\n\r\n`,
      `GET http://ok.com:${port}/ HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      `GET http://ok.com:${port}/ HTTP/1.1\nHost: x\r\nX: a\rb\r\n\r\n`,
      `GET http://ok.com:${port}/\0 HTTP/1.1\r\nHost: x\r\n\r\n`,
      'SSH-2.0-OpenSSH\r\n',
      '\x05\x01\x00',
    ];
    for (const bytes of bad) {
      const answer = await proxy.say(
        bytes.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'),
        '',
      );
      assert.match(answer, /^HTTP\/1\.1 4\d\d /, bytes);
    }
    assert.deepEqual(site.requests, []);
  });

  it('D06 keeps of an odd address only what stands for its host: no path, no user name, no password', async () => {
    await proxy.say('CONNECT user:secret@evil.com:443 HTTP/1.1\r\n\r\n');
    await get('http://user:secret@evil.com/path?key=secret');
    const kept = JSON.stringify(proxy.contacts);
    assert.doesNotMatch(kept, /secret|user|path/);
    assert.equal(proxy.contacts.length, 2);
  });

  it('refuses headers beyond 16 KiB', async () => {
    const answer = await get(`http://ok.com:${site.port}/`, `X-Long: ${'a'.repeat(20_000)}`);
    assert.match(answer, /^HTTP\/1\.1 400 /);
  });

  it('E04 refuses an allowed name that leads into the own network, and says so', async () => {
    for (const address of ['127.0.0.1', '169.254.169.254', '192.168.0.1']) {
      const guarded = await startProxy(
        { allowedDomains: ['ok.com'] },
        { resolve: async () => [address], whyNot: whyNotPublic },
      );
      const answer = await guarded.say('CONNECT ok.com:443 HTTP/1.1\r\n\r\n');
      assert.match(answer, /^HTTP\/1\.1 403 [^]*ok\.com leads to [\d.]+ is not a public address/);
      assert.equal(guarded.contacts[0]?.outcome, 'denied');
      await guarded.close();
    }
  });

  it('A27 looks no name up before the host is allowed, because a look-up can carry data away', async () => {
    const looked: string[] = [];
    const resolve = async (host: string) => {
      looked.push(host);
      return [];
    };
    const watched = await startProxy({ allowedDomains: ['ok.com'] }, { ...localDialing, resolve });
    await watched.say('CONNECT secret.evil.com:443 HTTP/1.1\r\n\r\n');
    assert.deepEqual(looked, []);
    await watched.say('CONNECT ok.com:443 HTTP/1.1\r\n\r\n');
    assert.deepEqual(looked, ['ok.com']);
    await watched.close();
  });

  it('ends what goes through it when its command ends', async () => {
    const hanging = await startSite(() => {});
    const other = await startProxy({ allowedDomains: [`ok.com:${hanging.port}`] });
    const answer = other.say(`GET http://ok.com:${hanging.port}/ HTTP/1.1\r\nHost: x\r\n\r\n`);
    while (hanging.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await other.close();
    await answer;
    await hanging.close();
    while (other.contacts.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(other.contacts[0]?.outcome, 'allowed');
  });
});
