import assert from 'node:assert/strict';
import { distinctCalls } from '../../../src/agent/distinctCalls';
import { called, said } from '../../support/memoryModel';

describe('the calls of an answer', () => {
  const call = (cmd: string, id: string) => called('exec_command', { cmd }, id);
  const newId = () => 'new';

  it('keep their ids where each is new', () => {
    const answer = [said('hi'), call('a', '1'), call('b', '2')];
    assert.deepEqual(distinctCalls([call('a', '0')], answer, newId), answer);
  });

  it('are one call where the same one came twice', () => {
    assert.deepEqual(distinctCalls([], [call('a', '1'), call('a', '1')], newId), [call('a', '1')]);
  });

  it('get an id of their own where another call has theirs, or they have none', () => {
    assert.deepEqual(distinctCalls([], [call('a', '1'), call('b', '1')], newId), [
      call('a', '1'),
      call('b', 'new'),
    ]);
    assert.deepEqual(distinctCalls([call('a', '1')], [call('a', '1')], newId), [call('a', 'new')]);
    assert.deepEqual(distinctCalls([], [call('a', '')], newId), [call('a', 'new')]);
  });
});
