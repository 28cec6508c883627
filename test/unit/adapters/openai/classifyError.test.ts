import assert from 'node:assert/strict';
import { classifyFailure, type Failure } from '../../../../src/adapters/openai/classifyError';
import { environmentCredentials } from '../../../../src/adapters/openai/environmentCredentials';
import { parseRetryAfter } from '../../../../src/adapters/openai/retryAfter';

const context = { model: 'gpt-5.5', host: 'api.example.com', key: 'secret-key' };

describe('the classes of failures', () => {
  const cases: [string, Failure, string, boolean][] = [
    ['401', { status: 401, message: 'No.' }, 'credentials', false],
    ['403', { status: 403, message: 'Not from here.' }, 'credentials', false],
    ['429', { status: 429, message: 'Slow.' }, 'rateLimit', true],
    ['429 without budget', { status: 429, code: 'insufficient_quota' }, 'quota', false],
    ['429 at a usage limit', { status: 429, type: 'usage_limit_reached' }, 'quota', false],
    ['400', { status: 400, message: 'Bad effort.' }, 'invalidRequest', false],
    ['400, too long', { status: 400, code: 'context_length_exceeded' }, 'contextOverflow', false],
    [
      '400, too long in words',
      { status: 400, message: "This model's maximum context length is 8192 tokens." },
      'contextOverflow',
      false,
    ],
    ['404', { status: 404, message: 'nope' }, 'invalidRequest', false],
    ['408', { status: 408 }, 'stream', true],
    ['409', { status: 409 }, 'stream', true],
    ['422', { status: 422 }, 'invalidRequest', false],
    ['500', { status: 500 }, 'stream', true],
    ['502 with a page', { status: 502, message: '<html>Bad gateway</html>' }, 'stream', true],
    ['529', { status: 529 }, 'stream', true],
    ['an event without a code', { message: 'Hm.' }, 'stream', true],
  ];
  for (const [name, failure, code, retryable] of cases) {
    it(`makes ${code} of ${name}`, () => {
      const error = classifyFailure(failure, context);
      assert.equal(error.code, code);
      assert.equal(error.retryable, retryable);
      assert.doesNotMatch(error.message, /[<{]/);
    });
  }

  it('gives the message of the server', () => {
    const error = classifyFailure({ status: 400, message: "Unsupported value: 'x'." }, context);
    assert.equal(
      error.message,
      "api.example.com does not accept the request (400): Unsupported value: 'x'.",
    );
  });

  it('takes the words out of JSON inside JSON and shows no other JSON', () => {
    const nested = JSON.stringify({ error: { message: 'The inner words.' } });
    assert.match(classifyFailure({ status: 400, message: nested }, context).message, /inner words/);
    const strange = classifyFailure({ status: 400, message: '[{"loc": 1}]' }, context);
    assert.equal(strange.message, 'api.example.com does not accept the request (400).');
  });

  it('tells a missing model from a wrong address', () => {
    const model = classifyFailure({ status: 404, code: 'model_not_found' }, context);
    assert.match(model.message, /does not have the model gpt-5\.5/);
    const address = classifyFailure({ status: 404, message: 'page not found' }, context);
    assert.match(address.message, /Check the base URL/);
  });

  it('cuts keys out', () => {
    const text = 'Key secret-key or sk-proj-abc***xyz in Authorization: Bearer eyJabc.';
    const { message } = classifyFailure({ status: 500, message: text }, context);
    assert.doesNotMatch(message, /secret-key|abc|xyz|eyJ/);
  });
});

describe('how long to wait', () => {
  const now = Date.parse('2026-11-20T12:00:00Z');
  const read = (headers: Record<string, string>, message = '') =>
    parseRetryAfter(new Headers(headers), message, now);

  it('reads seconds, milliseconds and dates of headers', () => {
    assert.equal(read({ 'retry-after': '7' }), 7000);
    assert.equal(read({ 'retry-after': '0.5' }), 500);
    assert.equal(read({ 'retry-after-ms': '250', 'retry-after': '7' }), 250);
    assert.equal(read({ 'retry-after': 'Fri, 20 Nov 2026 12:00:30 GMT' }), 30_000);
    assert.equal(read({ 'retry-after': 'Fri, 20 Nov 2026 11:00:00 GMT' }), 0);
  });

  it('reads words', () => {
    assert.equal(read({}, 'Please try again in 20s.'), 20_000);
    assert.equal(read({}, 'Please try again in 1m30.5s. Visit ...'), 90_500);
    assert.equal(read({}, 'Please try again in 350ms.'), 350);
    assert.equal(read({}, 'Try again in 2 minutes.'), 120_000);
  });

  it('says nothing where nothing is said', () => {
    for (const header of ['', 'soon', '-3', 'Infinity']) {
      assert.equal(read({ 'retry-after': header }), undefined);
    }
    assert.equal(read({}, 'Try again in a while.'), undefined);
    assert.equal(parseRetryAfter(undefined), undefined);
  });
});

describe('credentials from the environment', () => {
  it('takes key and base URL, and knows where the API is without', async () => {
    const set = environmentCredentials({ OPENAI_API_KEY: ' k\n', OPENAI_BASE_URL: 'http://x/v1' });
    assert.equal(await set.apiKey(), 'k');
    assert.equal(set.baseUrl(), 'http://x/v1');
    const unset = environmentCredentials({ OPENAI_API_KEY: '', OPENAI_BASE_URL: ' ' });
    assert.equal(await unset.apiKey(), undefined);
    assert.equal(unset.baseUrl(), 'https://api.openai.com/v1');
  });
});
