import assert from 'node:assert/strict';
import { HostGate, type HostRequest } from '../../../../src/adapters/network/hostGate';
import type { HostAnswer } from '../../../../src/ports/sandbox';
import type { HostQuestion } from '../../../../src/protocol/hostContact';

const never = new AbortController().signal;

function request(
  host: string,
  method = 'CONNECT',
  port = method === 'CONNECT' ? 443 : 80,
): HostRequest {
  return { host, port, method, writing: !['GET', 'HEAD', 'OPTIONS', 'CONNECT'].includes(method) };
}

/** A gate whose person answers so; `questions` are what they were asked. */
function gateWith(allowedDomains: readonly string[], answer?: HostAnswer) {
  const questions: HostQuestion[] = [];
  const gate = new HostGate(
    {
      allowedDomains,
      ...(answer && {
        ask: async (question: HostQuestion) => {
          questions.push(question);
          return answer;
        },
      }),
    },
    never,
  );
  return { gate, questions };
}

const yes: HostAnswer = { allowed: true, by: 'user' };
const no: HostAnswer = { allowed: false, by: 'user' };

describe('HostGate', () => {
  const cases: readonly {
    readonly id: string;
    readonly domains: readonly string[];
    readonly wanted: HostRequest;
    readonly allowed: boolean;
  }[] = [
    {
      id: 'E02 nothing is allowed by an empty list',
      domains: [],
      wanted: request('ok.com'),
      allowed: false,
    },
    { id: 'E02 a host of the list', domains: ['ok.com'], wanted: request('ok.com'), allowed: true },
    {
      id: 'D06 a name that looks like one of the list',
      domains: ['apple.com'],
      wanted: request('xn--pple-43d.com'),
      allowed: false,
    },
    {
      id: 'D06 a name that begins like one of the list',
      domains: ['good.com'],
      wanted: request('good.com.evil'),
      allowed: false,
    },
    {
      id: 'D12 reading by plain HTTP',
      domains: ['ok.com'],
      wanted: request('ok.com', 'GET'),
      allowed: true,
    },
    {
      id: 'D12 sending by plain HTTP',
      domains: ['ok.com'],
      wanted: request('ok.com', 'POST'),
      allowed: false,
    },
    {
      id: 'D12 deleting by plain HTTP',
      domains: ['ok.com'],
      wanted: request('ok.com', 'DELETE'),
      allowed: false,
    },
    {
      id: 'D12 sending where the person allowed it',
      domains: ['write:ok.com'],
      wanted: request('ok.com', 'POST'),
      allowed: true,
    },
    {
      id: 'D12 a host that everybody shares',
      domains: ['github.com'],
      wanted: request('github.com'),
      allowed: false,
    },
    {
      id: 'D12 a shared host below a star',
      domains: ['*'],
      wanted: request('a.s3.amazonaws.com'),
      allowed: false,
    },
    {
      id: 'D12 a package registry',
      domains: ['registry.npmjs.org'],
      wanted: request('registry.npmjs.org'),
      allowed: false,
    },
    {
      id: 'D12 a shared host that may be written to',
      domains: ['write:github.com'],
      wanted: request('github.com'),
      allowed: true,
    },
    {
      id: 'A27 the port of ssh',
      domains: ['*'],
      wanted: request('ok.com', 'CONNECT', 22),
      allowed: false,
    },
    {
      id: 'A27 the port of a name server',
      domains: ['ok.com'],
      wanted: request('ok.com', 'CONNECT', 53),
      allowed: false,
    },
    {
      id: 'E02 a port of the list',
      domains: ['ok.com:8443'],
      wanted: request('ok.com', 'CONNECT', 8443),
      allowed: true,
    },
  ];
  for (const { id, domains, wanted, allowed } of cases) {
    it(`${id} is ${allowed ? 'allowed' : 'refused where nobody is asked'}`, async () => {
      const verdict = await gateWith(domains).gate.decide(wanted);
      assert.equal(verdict.allowed, allowed);
      if (!verdict.allowed) {
        assert.equal(verdict.by, 'policy');
        assert.match(
          verdict.reason,
          /The person can add \S+ to tandem\.network\.allowedDomains\.$/,
        );
        assert.ok(verdict.reason.includes(wanted.host));
      }
    });
  }

  it('asks about a host that is not on the list, and takes the answer', async () => {
    for (const answer of [yes, no]) {
      const { gate, questions } = gateWith(['other.com'], answer);
      assert.equal((await gate.decide(request('ok.com'))).allowed, answer.allowed);
      assert.deepEqual(questions, [
        {
          host: 'ok.com',
          port: 443,
          method: 'CONNECT',
          writing: true,
          reasons: ['is not among the allowed domains'],
        },
      ]);
    }
  });

  it('asks once about a host, also where a program tries again or twice at once', async () => {
    for (const answer of [yes, no]) {
      const { gate, questions } = gateWith([], answer);
      await Promise.all([gate.decide(request('ok.com')), gate.decide(request('ok.com'))]);
      const third = await gate.decide(request('ok.com'));
      assert.equal(third.allowed, answer.allowed);
      assert.equal(questions.length, 1);
    }
  });

  it('D12 asks again where a program that may read wants to send, but not the other way round', async () => {
    const { gate, questions } = gateWith([], yes);
    await gate.decide(request('ok.com', 'GET'));
    await gate.decide(request('ok.com', 'POST'));
    await gate.decide(request('ok.com', 'GET'));
    assert.deepEqual(
      questions.map(({ method }) => method),
      ['GET', 'POST'],
    );
    const other = gateWith([], yes);
    await other.gate.decide(request('ok.com', 'POST'));
    await other.gate.decide(request('ok.com', 'GET'));
    assert.equal(other.questions.length, 1);
  });

  it('D12 says in the question that what is sent to a shared host cannot be seen', async () => {
    const { gate, questions } = gateWith(['github.com'], yes);
    await gate.decide(request('github.com'));
    assert.deepEqual(questions[0]?.reasons, [
      'anybody can keep things there, and what is sent is encrypted',
    ]);
  });

  it('D06 asks with both spellings of a name, and warns where it mixes scripts', async () => {
    const { gate, questions } = gateWith([], no);
    await gate.decide(request('xn--pple-43d.com'));
    assert.equal(questions[0]?.readable, 'аpple.com');
    assert.match(questions[0]?.reasons.at(-1) ?? '', /mixes scripts/);
  });

  it('refuses without asking once a command has brought up twenty hosts', async () => {
    const { gate, questions } = gateWith([], no);
    for (let count = 0; count < 40; count++) await gate.decide(request(`a${count}.evil.com`));
    assert.equal(questions.length, 20);
  });
});
