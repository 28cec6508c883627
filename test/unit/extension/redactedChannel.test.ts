import assert from 'node:assert/strict';
import { Redactor } from '../../../src/adapters/log/redactor';
import { redactedChannel } from '../../../src/extension/redactedChannel';

describe('redactedChannel', () => {
  const secret = 'CANARY-of-the-log';
  const written: unknown[][] = [];
  class FakeChannel {
    readonly #secretState = 1;
    get logLevel() {
      return this.#secretState;
    }
    info = (...args: unknown[]) => void written.push(args);
    error(...args: unknown[]) {
      written.push([this.#secretState, ...args]);
    }
    appendLine = this.info;
    clear() {
      written.length = this.#secretState - 1;
    }
  }
  const redactor = new Redactor([secret]);
  const log = redactedChannel(
    new FakeChannel() as unknown as Parameters<typeof redactedChannel>[0],
    (text) => redactor.redact(text),
  );
  beforeEach(() => (written.length = 0));

  it('takes secrets out of messages, errors with their stacks, and objects', () => {
    log.info(`key ${secret}`, { header: `Bearer ${secret}` });
    log.error(new Error(`refused ${secret}`), new Error(secret));
    log.appendLine(Buffer.from(secret).toString('base64'));
    assert.equal(written.length, 3);
    assert.ok(!JSON.stringify(written).includes('CANARY'));
    assert.match(String(written[0]![0]), /^key …$/);
    assert.match(String(written[1]![1]), /^Error: refused …\n +at /);
    assert.match(String(written[2]), /^…/);
  });

  it('is the channel in everything else', () => {
    assert.equal(log.logLevel, 1);
    log.info('a');
    log.clear();
    assert.deepEqual(written, []);
  });
});
