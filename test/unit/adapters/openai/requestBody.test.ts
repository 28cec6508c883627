import assert from 'node:assert/strict';
import { requestBody, requestBytes } from '../../../../src/adapters/openai/requestBody';
import type { ModelRequest } from '../../../../src/ports/model';
import type { ModelItem } from '../../../../src/protocol/modelItem';

const say = (text: string): ModelItem => ({ type: 'message', role: 'user', content: text });
const request = (input: readonly ModelItem[]): ModelRequest => ({
  model: 'gpt-5.5',
  instructions: 'Say "hi",\nbriefly. \u2028',
  input,
  tools: [{ kind: 'function', name: 'rg', description: 'Searches.', parameters: {} }],
  parallelToolCalls: true,
  effort: 'low',
  verbosity: 'low',
  serviceTier: 'flex',
  outputSchema: { type: 'object' },
  promptCacheKey: 'thread',
  wireApi: 'responses',
});

const sent = (input: readonly ModelItem[]) =>
  Buffer.from(requestBytes(request(input))).toString('utf8');
const whole = (input: readonly ModelItem[]) => JSON.stringify(requestBody(request(input)));

describe('the bytes of a request', () => {
  it('are the JSON of its body, however the history grew', () => {
    const history: ModelItem[] = [];
    assert.equal(sent(history), whole(history));
    for (let index = 0; index < 5; index++) {
      history.push(say(`"${index}", {ü}`), ...(index % 2 ? [say('two')] : []));
      assert.equal(sent(history), whole(history));
      assert.equal(sent([...history]), whole(history), 'a retry');
    }
  });

  it('are right where a history lost its end, or was replaced but for its beginning', () => {
    const history = [say('a'), say('b'), say('c')];
    assert.equal(sent(history), whole(history));
    const cut = history.slice(0, 2);
    assert.equal(sent(cut), whole(cut));
    const other = [history[0]!, say('x'), say('y'), say('z')];
    assert.equal(sent(other), whole(other));
    assert.equal(sent(history), whole(history));
  });

  it('cost what is new', () => {
    let reads = 0;
    const item = { ...say('x'), toJSON: () => (reads++, { said: 'x' }) };
    sent([item]);
    sent([item, say('new')]);
    assert.equal(reads, 1);
  });
});
