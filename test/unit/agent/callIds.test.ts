import assert from 'node:assert/strict';
import { callIds } from '../../../src/agent/callIds';
import { called, said } from '../../support/memoryModel';

describe('the ids of the calls of a history', () => {
  const call = (id: string) => called('exec_command', { cmd: 'ls' }, id);

  it('follow a history that grows', () => {
    const history = [call('a'), said('hi')];
    assert.deepEqual([...callIds(history)], ['a']);
    history.push(call('b'), call('c'));
    assert.deepEqual([...callIds(history)], ['a', 'b', 'c']);
    assert.deepEqual([...callIds(history)], ['a', 'b', 'c']);
  });

  it('are those of the new history once it was replaced', () => {
    const history = [call('a'), call('b')];
    callIds(history);
    history.splice(0, 2, said('summary'));
    assert.deepEqual([...callIds(history)], []);
    history.push(call('c'), call('d'));
    assert.deepEqual([...callIds(history)], ['c', 'd']);
  });

  it('are none for an empty history, and each array has its own', () => {
    assert.deepEqual([...callIds([])], []);
    assert.deepEqual([...callIds([call('x')])], ['x']);
  });
});
