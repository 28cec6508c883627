import assert from 'node:assert/strict';
import { connectionError } from '../../../../src/adapters/openai/connectionError';

function failed(code: string): Error {
  return new Error('Connection error.', { cause: Object.assign(new Error('x'), { code }) });
}

describe('a connection that fails', () => {
  const offline = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH'];
  for (const code of [...offline, 'ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT']) {
    it(`means no network where ${code} keeps us from a remote host`, () => {
      const error = connectionError(failed(code), 'api.example.com', true);
      assert.equal(error.offline, true);
      assert.equal(error.retryable, true);
      assert.match(error.message, /^api\.example\.com /);
    });
  }

  for (const code of ['ECONNRESET', 'UND_ERR_SOCKET', 'UND_ERR_BODY_TIMEOUT', 'EPIPE']) {
    it(`says nothing of the network where ${code} only broke it`, () => {
      assert.equal(connectionError(failed(code), 'api.example.com', true).offline, false);
    });
  }

  for (const host of ['127.0.0.1:11434', 'localhost:1234', '[::1]:8000', 'box.localhost']) {
    it(`is no lack of a network at ${host}: nothing listens there`, () => {
      const error = connectionError(failed('ECONNREFUSED'), host, true);
      assert.equal(error.offline, false);
      assert.equal(error.message, `${host} refused the connection. Is the server running?`);
    });
  }

  it('may be a mistyped base URL where a host that never answered cannot be found', () => {
    const error = connectionError(failed('ENOTFOUND'), 'api.exmaple.com', false);
    const words = 'could not be found: the network is down, or the base URL is mistyped.';
    assert.equal(error.message, `api.exmaple.com ${words}`);
    assert.equal(error.offline, true);
    const known = connectionError(failed('ENOTFOUND'), 'api.example.com', true);
    assert.equal(known.message, 'api.example.com could not be found.');
  });

  it('sees every address that was tried', () => {
    const attempts = new AggregateError([failed('ENETUNREACH'), failed('ECONNREFUSED')]);
    assert.equal(connectionError(attempts, 'api.example.com', true).offline, true);
  });

  it('is final where the certificate is not trusted', () => {
    const error = connectionError(failed('CERT_HAS_EXPIRED'), 'api.example.com', true);
    assert.equal(error.retryable, false);
    assert.equal(error.offline, false);
  });
});
