import assert from 'node:assert/strict';
import type { ThreadEventBody } from '../../../src/protocol/events';
import type { UserInput, WaitingInput } from '../../../src/protocol/input';
import { WaitingInputs } from '../../../src/threads/waitingInputs';

const words = (text: string): UserInput => ({ text, attachments: [{ kind: 'file', path: text }] });

describe('WaitingInputs', () => {
  let list: readonly WaitingInput[];
  let told: ThreadEventBody[];
  let waiting: WaitingInputs;
  beforeEach(() => {
    list = [];
    told = [];
    waiting = new WaitingInputs({
      read: () => list,
      emit(body) {
        told.push(body);
        if (body.type === 'input.waiting') list = body.inputs;
      },
    });
  });
  const texts = () => list.map(({ kind, input }) => `${kind} ${input.text}`);

  it('tells of each change as a whole list', () => {
    waiting.add('steer', words('a'));
    waiting.add('queue', words('b'));
    assert.equal(told.length, 2);
    assert.deepEqual(texts(), ['steer a', 'queue b']);
  });

  it('keeps the attachments of an edited message', () => {
    waiting.add('queue', words('a'));
    assert.equal(waiting.edit(list[0]!.id, 'b'), true);
    assert.deepEqual(list[0]!.input, { text: 'b', attachments: words('a').attachments });
  });

  it('says a message before it leaves the list', () => {
    waiting.add('steer', words('a'));
    waiting.add('queue', words('b'));
    const taken = waiting.takeSteering(({ text }) => assert.ok(texts().includes(`steer ${text}`)));
    assert.equal(taken, 1);
    assert.deepEqual(texts(), ['queue b']);
  });

  it('tells nothing where nothing changes', () => {
    waiting.add('queue', words('a'));
    told = [];
    assert.equal(
      waiting.takeSteering(() => {}),
      0,
    );
    assert.equal(waiting.remove(['unknown']), false);
    assert.equal(waiting.edit('unknown', 'x'), false);
    waiting.keepForPerson();
    assert.deepEqual(told, []);
  });

  it('opens the next turn with all late steering at once, else with the oldest message', () => {
    waiting.add('queue', words('a'));
    waiting.add('steer', words('b'));
    waiting.add('steer', words('c'));
    const late = waiting.next()!;
    assert.equal(late.kind, 'steer');
    assert.equal(late.input.text, 'b\n\nc');
    assert.equal(late.input.attachments.length, 2);
    waiting.remove(late.ids);
    assert.deepEqual(waiting.next()?.input, words('a'));
  });
});
