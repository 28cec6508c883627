import assert from 'node:assert/strict';
import type { News } from '../../../../src/extension/attention/attention';
import { Notifier } from '../../../../src/extension/attention/notifier';
import type { NotificationPolicy } from '../../../../src/extension/settingDefinitions';

const news = (kind: News['kind'], threadId = 'one'): News => ({ threadId, title: 'Fix', kind });

function desk(policy: NotificationPolicy, present = false, inSight = false) {
  const shown: News[] = [];
  const opened: string[] = [];
  const answers: ((wanted: boolean) => void)[] = [];
  const notifier = new Notifier({
    policy: () => policy,
    isPresent: () => present,
    isInSight: () => inSight,
    show(each) {
      shown.push(each);
      return new Promise((resolve) => answers.push(resolve));
    },
    open: async (threadId) => void opened.push(threadId),
  });
  return { notifier, shown, opened, answers };
}

describe('Notifier', () => {
  it('tells a person who is elsewhere, once until they are back', () => {
    const { notifier, shown } = desk('unfocused');
    void notifier.tell(news('completed'));
    void notifier.tell(news('failed', 'two'));
    assert.deepEqual(
      shown.map(({ kind }) => kind),
      ['completed'],
    );
    notifier.personCame();
    void notifier.tell(news('failed', 'two'));
    assert.deepEqual(
      shown.map(({ kind }) => kind),
      ['completed', 'failed'],
    );
  });

  it('tells what cannot go on also after what ended', () => {
    const { notifier, shown } = desk('unfocused');
    void notifier.tell(news('completed'));
    void notifier.tell(news('approval', 'two'));
    void notifier.tell(news('question', 'three'));
    assert.deepEqual(
      shown.map(({ kind }) => kind),
      ['completed', 'approval'],
    );
  });

  it('says nothing to a person who is in the window, unless they want it and do not see the thread', () => {
    for (const [policy, present, inSight, count] of [
      ['unfocused', true, false, 0],
      ['always', true, false, 1],
      ['always', true, true, 0],
      ['always', false, true, 1],
      ['never', false, false, 0],
    ] as const) {
      const { notifier, shown } = desk(policy, present, inSight);
      void notifier.tell(news('completed'));
      assert.equal(shown.length, count, `${policy} ${present} ${inSight}`);
    }
  });

  it('opens the thread where the person wants to see it', async () => {
    const { notifier, opened, answers } = desk('unfocused');
    const first = notifier.tell(news('completed'));
    answers[0]?.(true);
    await first;
    const closed = notifier.tell(news('completed', 'two'));
    answers[1]?.(false);
    await closed;
    assert.deepEqual(opened, ['one']);
  });
});
