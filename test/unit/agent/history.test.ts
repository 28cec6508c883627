import assert from 'node:assert/strict';
import { callOutput, interruptedOutput, missingOutputs } from '../../../src/agent/history';
import type { ModelItem } from '../../../src/protocol/modelItem';

const call = { type: 'function_call', call_id: 'a', name: 'x', arguments: '{}' } as const;
const custom = { type: 'custom_tool_call', call_id: 'b', name: 'y', input: 'z' } as const;

describe('missingOutputs', () => {
  it('answers every call that has no output, in its own kind', () => {
    assert.deepEqual(missingOutputs([call, custom]), [
      { type: 'function_call_output', call_id: 'a', output: interruptedOutput },
      { type: 'custom_tool_call_output', call_id: 'b', output: interruptedOutput },
    ]);
  });

  it('leaves a whole history alone', () => {
    const whole: ModelItem[] = [call, custom, callOutput(custom, 'done'), callOutput(call, 'done')];
    assert.deepEqual(missingOutputs(whole), []);
  });
});
