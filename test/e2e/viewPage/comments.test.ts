import assert from 'node:assert/strict';
import type { ThreadEvent, ThreadEventBody } from '../../../src/protocol/events';
import { slugFile } from './changedFiles';
import { commentStates } from './commentStates';
import type { PageState } from './states';
import { useViewPage } from './useViewPage';

const place = `${slugFile.path}:2`;

describe('comments on code in the view', function () {
  const view = useViewPage();

  const waiting = () => view.page.getByRole('region', { name: 'Comments' });
  const press = (name: string) => view.page.getByRole('button', { name, exact: true }).click();

  const asked = () => view.asked();

  /** Tells the view what happened after the state it opened with. */
  async function happen(state: PageState, ...bodies: ThreadEventBody[]): Promise<void> {
    const { threadId, seq } = state.thread!;
    const events = bodies.map((body, index): ThreadEvent => ({
      ...body,
      threadId,
      at: 0,
      seq: seq + 1 + index,
    }));
    const batch = { threadId, afterSeq: seq, lastSeq: seq + events.length, events };
    await view.page.evaluate(`window.tell('thread/events', ${JSON.stringify(batch)})`);
  }

  it('are listed over the composer until they are sent: opened, edited, removed, sent', async () => {
    await view.open(commentStates.commentsWaiting);
    await waiting().getByText('They go with your next message.').waitFor();
    assert.equal(await waiting().getByRole('listitem').count(), 3);
    await waiting().getByRole('link', { name: place, exact: true }).click();
    await press(`Edit comment on ${place}`);
    const field = view.page.getByRole('textbox', { name: `Comment on ${place}` });
    await field.fill('Why not replaceAll?');
    await field.press('Enter');
    await press(`Remove comment on ${slugFile.path}:20`);
    await press('Send comments');
    assert.deepEqual(await asked(), [
      { name: 'comment/open', params: { id: 'C1' } },
      { name: 'comment/edit', params: { id: 'C1', text: 'Why not replaceAll?' } },
      { name: 'comment/remove', params: { id: 'C3' } },
      { name: 'comments/send', params: {} },
    ]);
  });

  it('are in the transcript where they were sent, and the answer links to them', async () => {
    await view.open(commentStates.commentsAnswered);
    const sent = view.page.getByRole('list', { name: 'Comments sent' });
    await sent.getByText('Why a regular expression, and not replaceAll?').waitFor();
    assert.equal(await waiting().count(), 0);
    const answer = view.page.locator('.answer');
    // The first paint shows the text as it was written.
    await answer
      .getByRole('link', { name: `${slugFile.path}:14` })
      .first()
      .waitFor();
    const text = await answer.innerText();
    assert.doesNotMatch(text, /\[?C[12]\b/);
    assert.match(text, /src\/.*:2 replaceAll says it[^]*src\/.*:14/);
    assert.match(text, /Answers your comment on .*:2 · changed in this turn/);
    assert.doesNotMatch(text, /Answers your comment on .*:14/);
    await answer
      .getByRole('link', { name: `${slugFile.path}:14` })
      .first()
      .click();
    assert.deepEqual(await asked(), [{ name: 'comment/open', params: { id: 'C2' } }]);
  });

  describe('about a rejected hunk', () => {
    const [hunk] = slugFile.hunks;
    const target = { path: slugFile.path, hunkId: hunk!.id };
    const rejected: ThreadEventBody = { type: 'hunk.resolved', resolution: 'reject', target };
    const settled: ThreadEventBody = {
      type: 'changes.updated',
      changeSet: { files: [], notes: [] },
    };
    const why = () => view.page.getByRole('textbox', { name: 'Why? (sent to the agent)' });

    it('can say why it was rejected, beside everything else', async () => {
      await view.open(commentStates.commentsAnswered);
      await view.page.getByRole('list', { name: 'Comments sent' }).waitFor();
      assert.equal(await why().count(), 0);
      await happen(commentStates.commentsAnswered, rejected, settled);
      await why().fill('It breaks tabs.');
      assert.ok(await view.page.getByRole('textbox', { name: 'Message Tandem' }).isEnabled());
      await why().press('Enter');
      await why().waitFor({ state: 'detached' });
      assert.deepEqual(await asked(), [
        { name: 'rejection/explain', params: { ...target, reason: 'It breaks tabs.' } },
      ]);
    });

    it('need not say why, and cannot once the rejection is undone', async () => {
      await view.open(commentStates.commentsAnswered);
      await view.page.getByRole('list', { name: 'Comments sent' }).waitFor();
      await happen(commentStates.commentsAnswered, rejected);
      assert.equal(await why().count(), 0, 'the hunk is still there');
      await view.page.close();
      await view.open(commentStates.commentsAnswered);
      await view.page.getByRole('list', { name: 'Comments sent' }).waitFor();
      await happen(commentStates.commentsAnswered, rejected, settled);
      await why().press('Escape');
      await why().waitFor({ state: 'detached' });
      assert.deepEqual(await asked(), []);
    });
  });
});
