import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { systemClock } from '../../src/adapters/disk/systemClock';
import { createResponsesModel } from '../../src/adapters/openai/responsesModel';
import type { ThreadEvent } from '../../src/protocol/events';
import { assertTook } from '../support/assertTook';
import {
  closeAfter,
  delivered,
  dropAfter,
  endingWith,
  functionCall,
  hang,
  hangAfter,
  httpError,
  message,
  reasoning,
  respond,
  startScriptedServer,
  type Script,
} from '../support/scriptedServer';
import { startTestThreads, type TestThreads } from '../support/testThreads';

const key = 'sk-proj-CANARY0123456789';
const said = 'Grüße, 世界: the whole answer 🎉 in one piece.';
const answer = respond(reasoning('**Thinking** about it'), message(said));

interface WireOptions {
  readonly idleMs?: number;
  readonly fetch?: typeof fetch;
  readonly apiKey?: () => Promise<string>;
  /** Where requests go; the scripted server where nothing is said. */
  readonly baseUrl?: string;
  /** Waits that really take their time, from so many milliseconds on. */
  readonly realWaitsFromMs?: number;
}

describe('the wire', () => {
  let agent: TestThreads;
  const logged: unknown[] = [];
  const waits: number[] = [];

  async function start(script: Script, options: WireOptions = {}): Promise<void> {
    const log = {
      info: (...parts: unknown[]) => logged.push(parts),
      warn: (...parts: unknown[]) => logged.push(parts),
      error: (...parts: unknown[]) => logged.push(parts),
    };
    const { baseUrl, apiKey = async () => key, realWaitsFromMs = Infinity, ...rest } = options;
    agent = await startTestThreads({}, script, (server) => ({
      log,
      model: createResponsesModel({
        credentials: { apiKey, baseUrl: () => baseUrl ?? server.baseUrl },
        log,
        ...rest,
      }),
      clock: {
        ...systemClock,
        async wait(ms, signal) {
          waits.push(ms);
          if (ms >= realWaitsFromMs) await systemClock.wait(ms, signal);
        },
      },
    }));
  }

  afterEach(async () => {
    await agent.threads.dispose();
    const stored = filesBelow(agent.stateFolder).map((file) => readFileSync(file, 'latin1'));
    const everything = [JSON.stringify(agent.events), inspect(logged, { depth: 9 }), ...stored];
    for (const text of everything) assert.ok(!text.includes('CANARY'), 'the key is nowhere');
    await agent.dispose();
    logged.length = 0;
    waits.length = 0;
  });

  const turn = () => agent.thread.state.turns.at(-1)!;
  const eventsOf = <T extends ThreadEvent['type']>(type: T) =>
    agent.events.filter((event): event is Extract<ThreadEvent, { type: T }> => event.type === type);
  const finalTexts = () =>
    turn().entries.flatMap((entry) => (entry.type === 'agentMessage' ? [entry.text] : []));

  /** What a person saw form, item by item. */
  function liveTexts(): string[] {
    const texts = new Map<string, string>();
    for (const { itemId, delta } of eventsOf('item.delta')) {
      const before = delta.kind === 'reset' ? '' : (texts.get(itemId) ?? '');
      texts.set(itemId, before + (delta.kind === 'reset' ? '' : delta.text));
    }
    const messages = turn().entries.filter((entry) => entry.type === 'agentMessage');
    return messages.map(({ id }) => texts.get(id) ?? '');
  }

  function assertWhole(text = said): void {
    assert.equal(turn().status, 'completed', turn().error?.message);
    assert.deepEqual(finalTexts(), [text]);
    assert.deepEqual(agent.server.violations, []);
    const history = agent.events.filter(({ type }) => type === 'history.appended');
    assert.equal(JSON.stringify(history).split('whole answer').length, 2, 'said once');
  }

  describe('a stream that breaks', () => {
    const breaks: [string, Script, WireOptions?][] = [
      ['is reset between events', [dropAfter(9, answer), answer]],
      ['is reset in the middle of an event', [midEvent('drop'), answer]],
      ['ends in the middle of an event', [midEvent('close'), answer]],
      ['ends without response.completed', [closeAfter(14, answer), answer]],
      ['falls silent', [hangAfter(9, answer), answer], { idleMs: 300 }],
      ['falls silent before it begins', [hang(), answer], { idleMs: 300 }],
      ['holds an event that is no JSON', [eventStream('data: {"type": "resp\n\n'), answer]],
      ['holds nothing', [eventStream(''), answer]],
    ];
    for (const [name, script, options] of breaks) {
      it(`is asked for again when it ${name}, and nothing is said twice`, async () => {
        await start(script, options);
        await agent.ask('hi');
        assertWhole();
        assert.deepEqual(liveTexts(), [said]);
        const [retried, ...more] = eventsOf('step.retried');
        assert.equal(retried?.error.code, 'stream');
        assert.equal(retried.waitingFor, 'retry');
        assert.deepEqual(more, []);
        const [first, second] = agent.server.requests;
        assert.equal(first?.raw, second?.raw, 'a retry sends the same bytes');
      });
    }

    it('is given up after five retries, and the turn fails in one sentence', async () => {
      await start(() => closeAfter(9, answer));
      await agent.ask('hi');
      assert.equal(agent.server.requests.length, 6);
      assert.equal(turn().status, 'failed');
      assert.equal(turn().error?.code, 'stream');
      assert.match(turn().error!.message, /^127\.0\.0\.1:\d+ ended the answer too early\.$/);
      assert.ok(
        turn().entries.every((entry) => !('status' in entry) || entry.status !== 'inProgress'),
      );
    });
  });

  describe('a stream that comes oddly', () => {
    const ways: [string, Parameters<typeof delivered>[1]][] = [
      ['one byte at a time', { chunkBytes: 1 }],
      ['in chunks that cut characters in half', { chunkBytes: 3 }],
      ['with CRLF and comments', { crlf: true }],
      ['with CRLF, comments and one byte at a time', { crlf: true, chunkBytes: 1 }],
      [
        'with every event twice',
        { arrange: (events) => events.flatMap((event) => [event, event]) },
      ],
      [
        'with the numbers of all events the same',
        { arrange: (events) => events.map((event) => ({ ...event, sequence_number: 0 })) },
      ],
      [
        'with the last item after the end',
        {
          arrange: (events) => [
            ...events.filter(({ type }) => type !== 'response.output_item.done').slice(0, -1),
            events.at(-1)!,
            ...events.filter(({ type }) => type === 'response.output_item.done'),
          ],
        },
      ],
      [
        'with neighbours swapped',
        {
          arrange: (events) => [
            ...events.slice(0, -4),
            events.at(-3)!,
            events.at(-4)!,
            ...events.slice(-2),
          ],
        },
      ],
    ];
    for (const [name, delivery] of ways) {
      it(`is read as if nothing were odd: ${name}`, async () => {
        await start([delivered(answer, delivery)]);
        await agent.ask('hi');
        assertWhole();
        assert.deepEqual(eventsOf('step.retried'), []);
        if (!name.includes('swapped')) assert.deepEqual(liveTexts(), [said]);
      });
    }

    it('may hold an event of megabytes', async () => {
      const huge = `the whole answer ${'x'.repeat(4 * 1024 * 1024)}`;
      await start([respond(message(huge))]);
      await agent.ask('hi');
      assertWhole(huge);
    });
  });

  describe('an answer of the server', () => {
    const error = (message: string, code?: string) => ({ error: { message, code } });
    const limited = (headers: Record<string, string>, words = 'Slow down.') =>
      httpError(429, error(words, 'rate_limit_exceeded'), headers);
    const clock = 'Fri, 20 Nov 2031 12:00:00 GMT';

    const retried: [string, ReturnType<typeof httpError>, string, number?][] = [
      ['408', httpError(408), 'stream'],
      ['409', httpError(409), 'stream'],
      ['500', httpError(500), 'stream'],
      ['502 with a page', httpError(502, '<html><h1>Bad gateway</h1></html>'), 'stream'],
      ['529', httpError(529, error('Overloaded')), 'stream'],
      ['500 that quotes the key', httpError(500, error(`Key ${key} is odd.`)), 'stream'],
      ['429', limited({}), 'rateLimit'],
      ['429 with seconds', limited({ 'retry-after': '17' }), 'rateLimit', 17_000],
      [
        '429 with a date, whatever our clock says',
        limited({ date: clock, 'retry-after': clock.replace('12:00:00', '12:00:30') }),
        'rateLimit',
        30_000,
      ],
      ['429 with an absurd time', limited({ 'retry-after': '99999999' }), 'rateLimit', 300_000],
      [
        '429 with an absurd date',
        limited({ date: clock, 'retry-after': clock.replace('2031', '2099') }),
        'rateLimit',
        300_000,
      ],
      [
        '429 with words',
        limited({}, 'Rate limit reached. Please try again in 20s.'),
        'rateLimit',
        20_000,
      ],
      ['503 with seconds', httpError(503, error('Down.'), { 'retry-after': '3' }), 'stream', 3000],
    ];
    for (const [name, step, code, delayMs] of retried) {
      it(`is waited out and asked for again: ${name}`, async () => {
        await start([step, answer]);
        await agent.ask('hi');
        assertWhole();
        const [retry, ...more] = eventsOf('step.retried');
        assert.deepEqual(more, []);
        assert.equal(retry?.error.code, code);
        assert.equal(retry.waitingFor, code === 'rateLimit' ? 'rateLimit' : 'retry');
        assert.doesNotMatch(retry.error.message, /[<{]/);
        assert.deepEqual(waits, [retry.delayMs]);
        if (delayMs !== undefined) assert.equal(retry.delayMs, delayMs);
        else assert.ok(retry.delayMs >= 180 && retry.delayMs <= 220, String(retry.delayMs));
      });
    }

    const final: [string, ReturnType<typeof httpError>, string][] = [
      ['400', httpError(400, error('Bad effort.')), 'invalidRequest'],
      ['401', httpError(401, error(`Incorrect API key provided: ${key}.`)), 'credentials'],
      ['403', httpError(403, error('Not in your country.')), 'credentials'],
      ['404', httpError(404, error('Nothing here.')), 'invalidRequest'],
      ['422', httpError(422, error('No.')), 'invalidRequest'],
      ['429 without budget', httpError(429, error('Pay.', 'insufficient_quota')), 'quota'],
      ['400 with JSON that cannot be read', httpError(400, '{"error": {'), 'invalidRequest'],
      ['a page', httpError(200, '<html>Sign in</html>'), 'invalidRequest'],
    ];
    for (const [name, step, code] of final) {
      it(`is final and told in a sentence: ${name}`, async () => {
        await start(() => step);
        await agent.ask('hi');
        assert.equal(agent.server.requests.length, 1);
        assert.deepEqual(eventsOf('step.retried'), []);
        assert.equal(turn().status, 'failed');
        assert.equal(turn().error?.code, code);
        assert.doesNotMatch(turn().error!.message, /[<{]/);
      });
    }

    it('that says the thread is too long has a code of its own', async () => {
      await start(() => httpError(400, error('Too long.', 'context_length_exceeded')));
      await agent.ask('hi');
      assert.equal(turn().error?.code, 'contextOverflow');
      assert.deepEqual(eventsOf('step.retried'), []);
    });

    it('inside the stream counts like one of its own', async () => {
      const failed = endingWith(answer, {
        type: 'response.failed',
        code: 'rate_limit_exceeded',
        message: 'Please try again in 1.5s.',
      });
      await start([failed, answer]);
      await agent.ask('hi');
      assertWhole();
      assert.deepEqual(waits, [1500]);
    });
  });

  describe('a server that cannot be reached', () => {
    it('on this machine fails after the quick retries, and names the address', async () => {
      const stopped = await startScriptedServer([]);
      await stopped.close();
      await start([], { baseUrl: stopped.baseUrl });
      await agent.ask('hi');
      const { host } = new URL(stopped.baseUrl);
      const words = `${host} refused the connection. Is the server running?`;
      assert.equal(turn().error?.message, words);
      assert.equal(turn().error?.code, 'stream');
      assert.deepEqual(
        eventsOf('step.retried').map(({ waitingFor }) => waitingFor),
        Array(5).fill('retry'),
      );
    });

    const remote = 'http://model.example.com/v1';
    /** A network that is down for the first requests; then the scripted server has the remote name. */
    const network = (code: string, failures: number) => {
      let calls = 0;
      const reach: typeof fetch = (input, init) => {
        calls += 1;
        if (calls > failures) {
          const url = String(input instanceof Request ? input.url : input);
          return fetch(url.replace(remote, agent.server.baseUrl), init);
        }
        const cause = Object.assign(new Error(`getaddrinfo ${code}`), { code });
        return Promise.reject(new TypeError('fetch failed', { cause }));
      };
      return { reach, calls: () => calls };
    };

    for (const code of ['ECONNREFUSED', 'ENOTFOUND', 'ENETUNREACH']) {
      it(`for lack of a network (${code}) is waited for, and the turn goes on by itself`, async () => {
        const { reach, calls } = network(code, 13);
        await start([answer], { baseUrl: remote, fetch: reach });
        await agent.ask('hi');
        assertWhole();
        assert.equal(calls(), 14);
        const retries = eventsOf('step.retried');
        assert.deepEqual(
          retries.slice(5).map(({ waitingFor, delayMs }) => [waitingFor, delayMs]),
          [5, 10, 20, 40, 60, 60, 60, 60].map((seconds) => ['network', seconds * 1000]),
        );
        assert.match(retries.at(-1)!.error.message, /^model\.example\.com /);
        assert.equal(turn().retry, undefined, 'nothing waits any more');
      });
    }

    it('may have a mistyped name, which is said until it answers for the first time', async () => {
      const { reach } = network('ENOTFOUND', 1);
      let calls = 0;
      const cause = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
      const flaky: typeof fetch = (input, init) =>
        ++calls === 3
          ? Promise.reject(new TypeError('fetch failed', { cause }))
          : reach(input, init);
      await start([answer, answer], { baseUrl: remote, fetch: flaky });
      await agent.ask('hi');
      await agent.ask('hi again');
      assert.deepEqual(
        eventsOf('step.retried').map(({ error }) => error.message),
        [
          'model.example.com could not be found: the network is down, or the base URL is mistyped.',
          'model.example.com could not be found.',
        ],
      );
    });

    it('can be given up by the person within a second', async () => {
      const { reach } = network('ENOTFOUND', Infinity);
      await start([], { baseUrl: remote, fetch: reach, realWaitsFromMs: 5000 });
      let stoppedAt = 0;
      agent.thread.onEvent((event) => {
        if (event.type !== 'step.retried' || event.waitingFor !== 'network') return;
        assert.equal(agent.thread.state.turns.at(-1)?.retry?.waitingFor, 'network');
        stoppedAt = performance.now();
        setTimeout(() => agent.thread.interrupt(), 50);
      });
      await agent.ask('hi');
      await assertTook(performance.now() - stoppedAt, 1000);
      assert.equal(turn().status, 'interrupted');
    });
  });

  it('uses a rotated key for the very next request of the turn', async () => {
    const keys = [`${key}-old`, `${key}-new`];
    await start([respond(functionCall('exec_command', { cmd: 'true' })), answer], {
      apiKey: async () => keys.shift()!,
    });
    await agent.ask('hi');
    const sent = agent.server.requests.map(({ headers }) => headers.authorization);
    assert.deepEqual(sent, [`Bearer ${key}-old`, `Bearer ${key}-new`]);
  });

  it('says so when the key store throws, and tells nothing of what it threw', async () => {
    await start([], { apiKey: () => Promise.reject(new Error(`locked: ${key}`)) });
    await agent.ask('hi');
    assert.equal(turn().error?.code, 'credentials');
    assert.equal(turn().error?.message, 'The stored API key cannot be read. Set it again.');
  });

  it('asks for a service tier only where one is set', async () => {
    await start([respond(message('a')), respond(message('b'))]);
    await agent.ask('hi');
    await agent.ask('hi', { serviceTier: 'flex' });
    const [plain, flexible] = agent.server.requests;
    assert.equal('service_tier' in plain!.body, false);
    assert.equal(flexible!.body['service_tier'], 'flex');
  });
});

function midEvent(how: 'drop' | 'close') {
  return delivered(answer, { stopAfter: { events: 9, how, midEvent: true } });
}

/** A stream of events with this text in it. */
function eventStream(text: string) {
  return httpError(200, text, { 'content-type': 'text/event-stream' });
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}
