import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { DialError, dialHost } from '../../../../src/adapters/network/dialHost';
import { whyNotPublic } from '../../../../src/adapters/network/publicAddress';

const never = new AbortController().signal;

describe('whyNotPublic', () => {
  const forbidden = [
    ...[
      '127.0.0.1',
      '127.255.255.254',
      '0.0.0.0',
      '10.1.2.3',
      '172.16.0.1',
      '192.168.1.1',
      '169.254.169.254',
    ],
    ...[
      '100.64.0.1',
      '100.100.100.200',
      '192.0.0.192',
      '198.18.0.1',
      '224.0.0.1',
      '255.255.255.255',
    ],
    ...['240.0.0.1', '192.0.2.1', '203.0.113.9', '168.63.129.16'],
    ...[
      '::',
      '::1',
      'fe80::1',
      'fc00::1',
      'fd00:ec2::254',
      'ff02::1',
      '::ffff:127.0.0.1',
      '::ffff:10.0.0.1',
    ],
    ...['64:ff9b::7f00:1', '2002:7f00:1::', '2001::1', '2001:db8::1', 'no address', ''],
  ];
  for (const address of forbidden) {
    it(`E04 does not dial ${JSON.stringify(address)}`, () => {
      assert.notEqual(whyNotPublic(address), undefined);
    });
  }

  for (const address of ['8.8.8.8', '1.1.1.1', '2606:4700:4700::1111', '::ffff:8.8.8.8']) {
    it(`E04 dials ${address}`, () => {
      assert.equal(whyNotPublic(address), undefined);
    });
  }

  it('E04 does not dial an address of this machine', () => {
    for (const { address } of Object.values(networkInterfaces()).flatMap((all) => all ?? [])) {
      assert.notEqual(whyNotPublic(address.replace(/%.*$/, '')), undefined, address);
    }
  });
});

describe('dialHost', () => {
  const refused: readonly (readonly [string, readonly string[]])[] = [
    ['a name of the loopback', ['127.0.0.1']],
    ['a name with a public and a private address', ['8.8.8.8', '10.0.0.1']],
    ['a name of the metadata service', ['169.254.169.254']],
    ['a name in IPv6 clothes', ['::ffff:7f00:1']],
  ];
  for (const [what, addresses] of refused) {
    it(`E04 refuses ${what} before anything is dialled`, async () => {
      const dialing = { resolve: async () => addresses, whyNot: whyNotPublic };
      const dialled = dialHost({ host: 'evil.com', port: 443 }, dialing, never);
      await assert.rejects(dialled, (error) => error instanceof DialError && error.refused);
    });
  }

  it('E04 looks a name up once and dials what it looked at', async () => {
    const server = createServer((socket) => socket.on('error', () => {})).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const answers = [['127.0.0.1'], ['10.0.0.1']];
    const seen: string[] = [];
    const dialing = {
      resolve: async () => answers.shift() ?? [],
      whyNot: (address: string) => void seen.push(address),
    };
    const socket = await dialHost({ host: 'ok.com', port }, dialing, never);
    assert.equal(socket.remoteAddress, '127.0.0.1');
    assert.deepEqual(seen, ['127.0.0.1']);
    assert.equal(answers.length, 1);
    socket.destroy();
    server.close();
  });

  it('goes on to the next address where one does not answer, and says which name failed', async () => {
    const dialing = { resolve: async () => ['127.0.0.1', '::1'], whyNot: () => undefined };
    const dialled = dialHost({ host: 'ok.com', port: 1 }, dialing, never);
    await assert.rejects(dialled, (error) => error instanceof DialError && !error.refused);
    const gone = dialHost(
      { host: 'gone.example', port: 443 },
      { resolve: () => Promise.reject(new Error('ENOTFOUND')), whyNot: () => undefined },
      never,
    );
    await assert.rejects(gone, /gone\.example could not be looked up: ENOTFOUND/);
  });
});
